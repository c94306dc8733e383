import type { Attempt, CallRecord } from "@call-log/model";
import { CALL_OUTCOMES } from "@call-log/model";

import type { DispatchContext } from "../dispatch-context.ts";
import { chainOf } from "../dispatch-context.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { chooseProvider } from "./call-order.ts";
import type { GateAnswer } from "./gate.ts";
import { passGates } from "./pass-gates.ts";

/** Where an attempt goes now, or why it does not. */
export type Route =
  | { kind: "open"; provider: string | undefined; chain: readonly string[] }
  | Extract<GateAnswer, { kind: "later" | "refused" }>;

/** The first provider whose gates are open: the one that the ladder chose, then, where it may move, the others of the chain. */
export async function chooseRoute(
  context: DispatchContext,
  { record, attempt }: { record: CallRecord; attempt: Attempt },
): Promise<Route> {
  const project = await context.projects.find(record.projectId);
  const chain = project === undefined ? [] : chainOf(context, project);
  const first = chooseProvider(attempt, chain);
  if (project === undefined || first === undefined)
    return { kind: "open", provider: undefined, chain };
  const now = context.now();
  const reasons: string[] = [];
  for (const provider of candidates(record, first, chain)) {
    const visit = { record, attempt, project, provider, now };
    const answer = await passGates(context, visit);
    if (answer.kind === "open") return { kind: "open", provider, chain };
    if (answer.kind !== "otherProvider") return answer;
    reasons.push(answer.reason);
  }
  const at = secondsAfter(now, context.settings.pausedRecheckSeconds);
  return { kind: "later", at, reason: reasons.join("; ") };
}

// After an outcome that must not move to another provider (declined, lost …) a pause does not move it either.
function candidates(record: CallRecord, first: string, chain: readonly string[]): string[] {
  const outcome = record.attempts.findLast((attempt) => attempt.outcome !== undefined)?.outcome;
  const mayMove = outcome === undefined || CALL_OUTCOMES[outcome].failover;
  return mayMove ? [first, ...chain.filter((name) => name !== first)] : [first];
}
