import type { Attempt, CallRecord, Project } from "@call-log/model";
import { CALL_OUTCOMES, numbersToCallFrom } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { allowedNumbersOf } from "../providers/allowed-numbers.ts";
import { chooseNumber, type NumberChoice } from "../providers/choose-number.ts";
import { chainOf, chooseProvider } from "../providers/provider-lookup.ts";
import { secondsAfter } from "../rules/seconds.ts";
import type { GateAnswer, GateContext } from "./gate.ts";
import { passGates } from "./pass-gates.ts";

/** What it takes to find a provider and a number for an attempt. */
export type Routing = GateContext &
  Pick<DispatchContext, "projects" | "callerIds" | "numberRefusals" | "now">;

/** Where an attempt goes now and from which number, or why it does not. */
export type Route =
  | { kind: "open"; provider: string | undefined; fromNumber: string; chain: readonly string[] }
  | Extract<GateAnswer, { kind: "later" | "refused" }>;

/**
 * The first provider whose gates are open and that lets the project call from one of its numbers: the one that the retry policy chose, then, where
 * it may move, the others of the chain. An emergency is placed even if every provider refused its numbers before; its retry policy limits how
 * often.
 */
export async function chooseRoute(
  context: Routing,
  { record, attempt }: { record: CallRecord; attempt: Attempt },
): Promise<Route> {
  const project = await context.projects.find(record.projectId);
  const chain = project === undefined ? [] : chainOf(context, project);
  const first = chooseProvider(attempt, chain);
  if (project === undefined || first === undefined)
    return { kind: "open", provider: undefined, fromNumber: record.fromNumber, chain };
  const { toNumber, fromNumber: wanted } = record;
  const allowed = await allowedNumbersOf(context, project);
  const [best, ...others] = numbersToCallFrom(allowed, { toNumber, wanted });
  if (best === undefined) return { kind: "refused", status: "Failed", message: NO_NUMBER_LEFT };
  const numbers = [best, ...others] as const;
  const now = context.now();
  const passedOver: Extract<GateAnswer, { kind: "otherProvider" }>[] = [];
  for (const insists of record.plan.priority === "emergency" ? [false, true] : [false]) {
    for (const provider of candidates(record, first, chain)) {
      const answer = await ask(context, {
        record,
        attempt,
        project,
        provider,
        numbers,
        now,
        insists,
      });
      if (answer.kind === "open") return { ...answer, provider, chain };
      if (answer.kind !== "otherProvider") return answer;
      passedOver.push(answer);
    }
  }
  const at = secondsAfter(now, context.settings.pausedRecheckSeconds);
  return { kind: "later", at, ...reasonOf(passedOver) };
}

// A number that is refused is asked for again from time to time; a pause is ended by somebody.
function reasonOf(
  passedOver: readonly Extract<GateAnswer, { kind: "otherProvider" }>[],
): Pick<Extract<GateAnswer, { kind: "later" }>, "waitsFor" | "reason"> {
  const isPaused = passedOver.every(({ waitsFor }) => waitsFor === "provider-paused");
  const reasons = new Set(passedOver.map(({ reason }) => reason));
  return {
    waitsFor: isPaused ? "provider-paused" : "from-number",
    reason: [...reasons].join("; "),
  };
}

const NO_NUMBER_LEFT = "Not dialled: the project has no number to call from any more";

interface Visit {
  record: CallRecord;
  attempt: Attempt;
  project: Project;
  provider: string;
  numbers: readonly [string, ...string[]];
  now: Date;
  /** Ask from the best number, though it is refused. */
  insists: boolean;
}

async function ask(
  context: Routing,
  { insists, ...visit }: Visit,
): Promise<Exclude<GateAnswer, { kind: "open" }> | { kind: "open"; fromNumber: string }> {
  const choice = await numberAt(context, visit, insists);
  if (choice.kind === "refused") return noNumber(visit, choice.reason);
  const { fromNumber, refusal } = choice;
  const answer = await passGates(context, { ...visit, fromNumber });
  if (answer.kind !== "open") return answer;
  if (refusal !== undefined && !(await context.numberRefusals.takeTurn(refusal)))
    return noNumber(visit, refusal.reason);
  return { kind: "open", fromNumber };
}

async function numberAt(
  { numberRefusals }: Pick<DispatchContext, "numberRefusals">,
  { project, provider, numbers, now }: Omit<Visit, "insists">,
  insists: boolean,
): Promise<NumberChoice> {
  if (insists) return { kind: "open", fromNumber: numbers[0] };
  const known = await numberRefusals.of(project._id);
  const refusals = known.filter((refusal) => refusal.provider === provider);
  return chooseNumber({ numbers, refusals, now });
}

function noNumber(
  { provider }: Pick<Visit, "provider">,
  reason: string,
): Extract<GateAnswer, { kind: "otherProvider" }> {
  return {
    kind: "otherProvider",
    waitsFor: "from-number",
    reason: `${provider} does not let the project call from this number: ${reason}`,
  };
}

// After an outcome that must not move to another provider (declined, lost …) a pause does not move it either.
function candidates(record: CallRecord, first: string, chain: readonly string[]): string[] {
  const outcome = record.attempts.findLast((attempt) => attempt.outcome !== undefined)?.outcome;
  const mayMove = outcome === undefined || CALL_OUTCOMES[outcome].failover;
  return mayMove ? [first, ...chain.filter((name) => name !== first)] : [first];
}
