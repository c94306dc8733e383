import { type Dispatcher, errorFields, type Log, parseCallRequest } from "@call-log/dispatcher";
import { CallLogError, PROBLEM_RULES, type Problem, type ProblemRule } from "@call-log/model";
import { type DueEvent, HEALTH_CALL_TAG, type ProblemStore } from "@call-log/store";

import type { HealthChannel, TryResult } from "./channel.ts";

/** A call for a problem that is not placed within this time is not placed any more, in milliseconds. */
const WORTH_MS = 15 * 60_000;
/** After a call, the next one because of another problem is placed after this time at the earliest, in milliseconds. */
const QUIET_MS = 15 * 60_000;

/** Who is called, and through what. */
export interface CallChannelOptions {
  toNumber: string;
  projectId: string;
  dispatcher: Pick<Dispatcher, "accept">;
  problems: Pick<ProblemStore, "current" | "placedSince">;
  now: () => Date;
  log: Log;
}

/** Why no call is placed because of an event; undefined when one is. */
export function reasonForNoCall(
  event: DueEvent,
  { current, hasCalled, at }: { current: readonly Problem[]; hasCalled: boolean; at: Date },
): string | undefined {
  const { severity } = PROBLEM_RULES[event.rule];
  if (event.kind === "ended") return "the problem has ended";
  if (severity !== "critical") return "the problem is not critical";
  // Such a call would only wait, and be dialled when nobody needs it any more.
  if ([event, ...current].some(({ rule }) => (PROBLEM_RULES[rule] as ProblemRule).stopsCalls))
    return "no call goes out at this moment";
  if (!current.some(({ id }) => id === event.id)) return "the problem has ended";
  if (at.getTime() - event.at.getTime() > WORTH_MS) return "the problem began too long ago";
  if (hasCalled) return "another call was placed within 15 minutes";
  return undefined;
}

/** Calls a number when a critical problem begins, as any call is placed: once for a problem, and never while calls can't go out. */
export function callChannel(options: CallChannelOptions): HealthChannel {
  const { problems, now } = options;
  return {
    name: "call",
    patienceSeconds: 20,
    async send(event) {
      const at = now();
      const since = new Date(at.getTime() - QUIET_MS);
      const [current, hasCalled] = await Promise.all([
        problems.current(),
        problems.placedSince(since),
      ]);
      const reason = reasonForNoCall(event, { current, hasCalled, at });
      return reason === undefined ? place(options, event) : { result: `no call: ${reason}` };
    },
  };
}

async function place(
  { toNumber, projectId, dispatcher, log }: CallChannelOptions,
  { id, rule, at }: DueEvent,
): Promise<TryResult> {
  const { title } = PROBLEM_RULES[rule];
  try {
    const request = parseCallRequest({
      toNumber,
      say: `This is call-log. Something is wrong: ${title}. Look at the health page.`,
      idempotencyKey: `health-${id}`,
      priority: "emergency",
      deadlineAt: new Date(at.getTime() + WORTH_MS).toISOString(),
      tags: [HEALTH_CALL_TAG],
    });
    await dispatcher.accept({ projectId, request });
    return { result: "placed" };
  } catch (error) {
    if (!(error instanceof CallLogError) || error.httpStatus >= 500)
      return { failed: String(errorFields(error)["error"]) };
    log.error({ problemId: id, code: error.code }, "the call for a health problem was refused");
    return { result: `refused: ${error.code}` };
  }
}
