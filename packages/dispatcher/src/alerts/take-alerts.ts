import {
  type AlertAnswer,
  type AlertBody,
  type AlertResult,
  type AlertSource,
  ALERT_RESULTS,
  CallLogError,
  type CallRecord,
} from "@call-log/model";

import {
  type Acceptance,
  acceptIntakes,
  type Accepting,
  parseCallRequest,
} from "../accept/accept-call.ts";
import { type StoppedCall, stopAlertCall, type Stopping } from "../commands/stop-alert-call.ts";
import { errorFields } from "../context/log.ts";
import type { LastCall } from "./alert-key.ts";
import { type AlertPlan, keysToLookUp, planAlerts } from "./plan-alerts.ts";
import { readAlerts } from "./read-alerts.ts";

/** What it takes to take alerts. */
export type TakingAlerts = Accepting & Stopping;

/** What became of a notification. */
export interface TakenAlerts {
  /** One for each alert, in their order. */
  answers: AlertAnswer[];
  counts: Record<AlertResult, number>;
  /** How many alerts the source itself left out. */
  truncated: number;
  /** Something that was not taken may be taken when it is sent again. */
  isWorthRepeating: boolean;
}

/** Calls that are looked up or stopped side by side. */
const SIDE_BY_SIDE = 25;
/** Calls that are accepted in one write. */
const BATCH = 500;
/** Sources write times in whole seconds or in parts of them. */
const WHOLE_SECOND_MS = 1000;
/** Calls of one alert that are looked at when it ends. */
const MAX_CALLS = 20;

/**
 * Take a notification: place and stop its calls, each alert for itself. Throws a BAD_REQUEST for a body that is not of this source; what
 * the database or the queue could not take is in the answer, and worth repeating.
 */
export async function takeAlerts(
  context: TakingAlerts,
  source: AlertSource,
  body: unknown,
): Promise<TakenAlerts> {
  const read = readAlerts(source, body);
  const plans = await plansFor(context, source, read);
  const stops = plans.filter((plan) => plan.kind === "stop");
  const calls = plans.filter((plan) => plan.kind === "call");
  const outcomes: Outcome[] = plans.flatMap(known);
  // What has ended first: an alert that fires again within one notification is called for.
  for (const some of chunks(stops, SIDE_BY_SIDE))
    outcomes.push(...(await Promise.all(some.map((plan) => stop(context, source, plan)))));
  for (const some of chunks(calls, BATCH)) outcomes.push(...(await place(context, source, some)));
  return summary(read, outcomes);
}

/** What would be done with a notification, without doing it. Throws as `takeAlerts` does. */
export async function plansFor(
  context: Pick<TakingAlerts, "calls" | "now">,
  source: AlertSource,
  read: AlertBody,
): Promise<AlertPlan[]> {
  const lastCalls = new Map<string, LastCall>();
  for (const keys of chunks([...new Set(keysToLookUp(source, read))], SIDE_BY_SIDE))
    await Promise.all(
      keys.map(async (key) => {
        const [last] = await context.calls.findByAlert(key, 1);
        if (last === undefined) return;
        const { _id: callLogId, createdAt, alertOrigin } = last;
        lastCalls.set(key, {
          callLogId,
          createdAt,
          isResolved: alertOrigin?.resolvedAt !== undefined,
        });
      }),
    );
  return planAlerts(source, read, { lastCalls, now: context.now() });
}

type Plan<K extends AlertPlan["kind"]> = Extract<AlertPlan, { kind: K }>;

/** What became of the alerts of one plan. */
interface Outcome extends Omit<AlertAnswer, "index"> {
  indexes: readonly number[];
  isTemporary?: boolean;
}

function known(plan: AlertPlan): Outcome[] {
  if (plan.kind === "call" || plan.kind === "stop") return [];
  const { kind: result, indexes, fingerprint, reason } = plan;
  const callLogId = plan.kind === "repeated" ? plan.callLogId : undefined;
  return [outcome({ indexes, fingerprint }, { result, reason, callLogId })];
}

async function stop(
  context: TakingAlerts,
  { rule }: AlertSource,
  plan: Plan<"stop">,
): Promise<Outcome> {
  try {
    const found = await context.calls.findByAlert(plan.key, MAX_CALLS);
    const concerned = found.filter((call) => isConcerned(call, plan));
    const stopped: StoppedCall[] = [];
    for (const { _id } of concerned)
      stopped.push(
        await stopAlertCall(context, _id, { end: plan.status, cancels: rule.cancelResolved }),
      );
    const told = stopped.find(({ isStopped }) => isStopped) ?? stopped[0];
    if (told === undefined)
      return outcome(plan, { result: "ignored", reason: `${plan.status}; no call is open for it` });
    const { callLogId, reason } = told;
    return outcome(plan, { result: told.isStopped ? "canceled" : "ignored", reason, callLogId });
  } catch (error) {
    return refusal(context, plan, error);
  }
}

function isConcerned({ alertOrigin }: CallRecord, { until }: Plan<"stop">): boolean {
  const { resolvedAt, startsAt } = alertOrigin ?? {};
  if (resolvedAt !== undefined) return false;
  if (until === undefined || startsAt === undefined) return true;
  return startsAt.getTime() <= until.getTime() + WHOLE_SECOND_MS;
}

async function place(
  context: TakingAlerts,
  source: AlertSource,
  plans: readonly Plan<"call">[],
): Promise<Outcome[]> {
  const intakes = plans.map(({ request, origin: alertOrigin }) => {
    try {
      // A text may differ when a notification is sent again; it is the same firing all the same.
      const sent = { alert: request.idempotencyKey };
      return { request: parseCallRequest(request), sent, alertOrigin };
    } catch (error) {
      if (error instanceof CallLogError) return error;
      throw error;
    }
  });
  const answers = await acceptIntakes(context, source.projectId, intakes).catch((error: unknown) =>
    plans.map(() => error),
  );
  return plans.map((plan, index) => {
    const answer = answers[index];
    return isAcceptance(answer) ? accepted(plan, answer) : refusal(context, plan, answer);
  });
}

function accepted(plan: Plan<"call">, { _id: callLogId, repeated }: Acceptance): Outcome {
  return repeated
    ? outcome(plan, { result: "repeated", reason: "was called for before", callLogId })
    : outcome(plan, { result: "called", reason: "a call was placed", callLogId });
}

function refusal(
  { log }: Pick<TakingAlerts, "log">,
  plan: Pick<Outcome, "indexes" | "fingerprint">,
  error: unknown,
): Outcome {
  if (error instanceof CallLogError && error.httpStatus < 500)
    return outcome(plan, { result: "refused", reason: error.message });
  log.error(errorFields(error), "an alert could not be taken; its source is asked to repeat it");
  const reason = "the database or the queue is away; send it again";
  return { ...outcome(plan, { result: "refused", reason }), isTemporary: true };
}

function isAcceptance(answer: unknown): answer is Acceptance {
  return typeof answer === "object" && answer !== null && "repeated" in answer;
}

function outcome(
  { indexes, fingerprint }: { indexes: readonly number[]; fingerprint?: string | undefined },
  {
    result,
    reason,
    callLogId,
  }: { result: AlertResult; reason: string; callLogId?: string | undefined },
): Outcome {
  return {
    indexes,
    result,
    reason,
    ...(fingerprint !== undefined && { fingerprint: fingerprint.slice(0, 200) }),
    ...(callLogId !== undefined && { callLogId }),
  };
}

function summary({ truncated = 0 }: AlertBody, outcomes: readonly Outcome[]): TakenAlerts {
  const answers = outcomes
    .flatMap(({ indexes, isTemporary: _isTemporary, ...answer }) =>
      indexes.map((index): AlertAnswer => ({ index, ...answer })),
    )
    .toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0));
  const counts = countsOf(answers);
  const isWorthRepeating = outcomes.some(({ isTemporary }) => isTemporary === true);
  return { answers, counts, truncated, isWorthRepeating };
}

/** How many answers have which result. */
export function countsOf(
  answers: readonly Pick<AlertAnswer, "result">[],
): Record<AlertResult, number> {
  const counts = Object.fromEntries(ALERT_RESULTS.map((result) => [result, 0]));
  for (const { result } of answers) counts[result] = (counts[result] ?? 0) + 1;
  return counts as Record<AlertResult, number>;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
