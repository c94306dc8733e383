import type { CallRecord } from "@call-log/model";

import type { CallChange } from "../context/call-update-queue.ts";
import type { ProviderAnswer } from "../rules/apply-answer.ts";
import { acceptanceEvent, applyAnswer, isOpenToRefusal } from "../rules/apply-answer.ts";
import { attemptById } from "../rules/attempts.ts";
import { deriveCallStatus } from "../rules/derive-call-status.ts";
import { untilWritten } from "./until-written.ts";
import { updateKnownCall, type Recording } from "./update-call.ts";

/** What is known when an answer comes: the project's providers, and the record as the claim left it. */
export interface AnswerSituation {
  chain: readonly string[];
  claimed: CallRecord;
}

/**
 * Record the provider's answer to an attempt, and return the call as it is then. What a callback wrote first stands. Rejects when it can't be written: an
 * acceptance is in the event queue by then; a refusal, which no look-up would find, is written as soon as it can be.
 */
export async function recordAnswer(
  context: Recording,
  answer: ProviderAnswer,
  situation: AnswerSituation,
): Promise<CallRecord | undefined> {
  try {
    return await writeAnswer(context, answer, situation);
  } catch (error) {
    if (answer.result.kind === "accepted")
      await context.jobQueue.addEvents([acceptanceEvent(answer, answer.result.providerCallId)]);
    if (answer.result.kind === "rejected")
      void untilWritten(context, answer.attemptId, () => writeOnce(context, answer, situation));
    throw error;
  }
}

// The first write may have been done though its answer was lost.
async function writeOnce(
  context: Recording,
  answer: ProviderAnswer,
  { chain, claimed }: AnswerSituation,
): Promise<boolean> {
  const record = await context.calls.find(claimed._id);
  const attempt = record && attemptById(record, answer.attemptId);
  if (record === undefined || attempt === undefined || !isOpenToRefusal(attempt)) return true;
  await writeAnswer(context, answer, { chain, claimed: record });
  return true;
}

/** The same, and nothing more when it can't be written. */
export async function writeAnswer(
  context: Recording,
  answer: ProviderAnswer,
  situation: AnswerSituation,
): Promise<CallRecord | undefined> {
  const { attemptId, result } = answer;
  const { chain, claimed } = situation;
  const retryAfterSeconds = result.kind === "rejected" ? result.retryAfterSeconds : undefined;
  let isConflict = false;
  const change: CallChange = (record, now) => {
    const applied = applyAnswer(record, answer);
    isConflict = applied.conflict === true;
    if (applied.record === record) return undefined;
    return deriveCallStatus(applied.record, { now, chain, retryAfterSeconds });
  };
  const written = await updateKnownCall(context, claimed, change);
  if (result.kind === "unknown") context.metrics.add("answersUnknown");
  if (!isConflict) return written;
  context.metrics.add("eventConflicts");
  context.log.error({ attemptId }, "the answer does not fit what is known of the attempt");
  return written;
}
