import { type Acting, CallLogError, type DeadLetter } from "@call-log/model";
import type { DeadLetterScope } from "@call-log/store";

import type { DispatchContext } from "../context/dispatch-context.ts";
import type { Acceptance, Accepting } from "./accept-call.ts";
import { type RequestJob, acceptJob } from "./accept-job.ts";
import { deadLetterId } from "./refuse-request.ts";

/** A dead letter, its scope, and who settles it. */
export interface DeadLetterRef {
  /** A project's id, or null for those of the installation. */
  scope: DeadLetterScope;
  id: string;
  acting: Acting;
}

/**
 * Take a refused request again as its job would be: it is accepted under the same call log id however often this is done, also when the job
 * itself is run again. Throws the `CallLogError` of what is still wrong; the letter stays then.
 */
export async function replayDeadLetter(
  context: Accepting & Pick<DispatchContext, "deadLetters">,
  { scope, id, acting }: DeadLetterRef,
): Promise<Acceptance> {
  const letter = await context.deadLetters.find(scope, id);
  if (letter === undefined) throw noSuchLetter();
  if (letter.state === "dropped") throw wasDropped();
  const { callLogId, jobId, payload, madeAt } = letter;
  if (callLogId !== undefined) return repeatedOf(context, callLogId);
  if (payload === undefined)
    throw new CallLogError("CONFLICT", "the job was too large to be kept; queue the request again");
  const job = { id: jobId, timestamp: madeAt.getTime(), data: JSON.parse(payload) as unknown };
  const accepted = await acceptJob(context, job);
  await settleAs(context, id, { accepted, acting });
  return accepted;
}

/** Drop a refused request and delete its payload. Idempotent. */
export async function dropDeadLetter(
  { deadLetters }: Pick<DispatchContext, "deadLetters">,
  { scope, id, acting }: DeadLetterRef,
): Promise<DeadLetter> {
  if ((await deadLetters.find(scope, id)) === undefined) throw noSuchLetter();
  const letter = await deadLetters.settle(id, { state: "dropped" }, { acting });
  if (letter === undefined) throw noSuchLetter();
  if (letter.state === "replayed")
    throw new CallLogError("CONFLICT", `the request was accepted as call log ${letter.callLogId}`);
  return letter;
}

/** Close the dead letter of a job that ran again and was accepted, where there is one. */
export async function settleAccepted(
  context: Pick<DispatchContext, "deadLetters" | "calls">,
  job: RequestJob,
  accepted: Acceptance,
): Promise<void> {
  const acting = { actor: { kind: "queue" } } as const;
  await settleAs(context, deadLetterId(job), { accepted, acting });
}

async function settleAs(
  { deadLetters, calls }: Pick<DispatchContext, "deadLetters" | "calls">,
  id: string,
  { accepted, acting }: { accepted: Acceptance; acting: Acting },
): Promise<void> {
  const callLogId = accepted._id;
  const projectId = (await calls.find(callLogId))?.projectId;
  await deadLetters.settle(id, { state: "replayed", callLogId }, { acting, projectId });
}

async function repeatedOf(
  { calls }: Pick<DispatchContext, "calls">,
  callLogId: string,
): Promise<Acceptance> {
  const status = (await calls.find(callLogId))?.status;
  if (status === undefined)
    throw new CallLogError("CONFLICT", `call log ${callLogId} was made of it, and is gone`);
  return { _id: callLogId, status, repeated: true };
}

function noSuchLetter(): CallLogError {
  return new CallLogError("NOT_FOUND", "there is no such refused request");
}

function wasDropped(): CallLogError {
  return new CallLogError("CONFLICT", "the request was dropped");
}
