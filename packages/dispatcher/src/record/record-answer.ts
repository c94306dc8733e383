import type { CallRecord } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import type { ProviderAnswer } from "../rules/apply-answer.ts";
import { acceptanceEvent, applyAnswer } from "../rules/apply-answer.ts";
import { followAttempts } from "../rules/derive-call-status.ts";
import type { CallChange } from "./update-call.ts";
import { changeKnownCall } from "./update-call.ts";

/** What is known when an answer comes: the project's providers, and the record as the claim left it. */
export interface AnswerSituation {
  chain: readonly string[];
  claimed: CallRecord;
}

/**
 * Record the provider's answer to an attempt. What a callback wrote first stands. When an acceptance can't be written, it goes to
 * the event queue as well before this rejects.
 */
export async function recordAnswer(
  context: DispatchContext,
  answer: ProviderAnswer,
  situation: AnswerSituation,
): Promise<void> {
  try {
    await writeAnswer(context, answer, situation);
  } catch (error) {
    if (answer.result.kind === "accepted")
      await context.jobQueue.addEvents([acceptanceEvent(answer, answer.result.providerCallId)]);
    throw error;
  }
}

async function writeAnswer(
  context: DispatchContext,
  answer: ProviderAnswer,
  situation: AnswerSituation,
): Promise<void> {
  const { attemptId, result } = answer;
  const { chain, claimed } = situation;
  const retryAfterSeconds = result.kind === "rejected" ? result.retryAfterSeconds : undefined;
  let isConflict = false;
  const change: CallChange = (record, now) => {
    const applied = applyAnswer(record, answer);
    isConflict = applied.conflict === true;
    if (applied.record === record) return undefined;
    return followAttempts(applied.record, { now, chain, retryAfterSeconds });
  };
  await changeKnownCall(context, claimed, change);
  if (result.kind === "unknown") context.tally.add("answersUnknown");
  if (!isConflict) return;
  context.tally.add("eventConflicts");
  context.log.error({ attemptId }, "the answer does not fit what is known of the attempt");
}
