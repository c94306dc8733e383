import { parseAttemptId } from "@call-log/model";

import type { ProviderAnswer } from "./apply-answer.ts";
import { acceptanceEvent, applyAnswer } from "./apply-answer.ts";
import { changeCall } from "./change-call.ts";
import type { DispatchContext } from "./dispatch-context.ts";
import { followAttempts } from "./follow-attempt.ts";

/**
 * Record the provider's answer to an attempt. What a callback wrote first stands. When an acceptance can't be written, it goes to
 * the event queue as well before this rejects.
 */
export async function recordAnswer(
  context: DispatchContext,
  answer: ProviderAnswer,
  chain: readonly string[],
): Promise<void> {
  try {
    await writeAnswer(context, answer, chain);
  } catch (error) {
    if (answer.result.kind === "accepted")
      await context.outbox.addEvents([acceptanceEvent(answer, answer.result.providerCallId)]);
    throw error;
  }
}

async function writeAnswer(
  context: DispatchContext,
  answer: ProviderAnswer,
  chain: readonly string[],
): Promise<void> {
  const { attemptId, result } = answer;
  const retryAfterSeconds = result.kind === "rejected" ? result.retryAfterSeconds : undefined;
  let isConflict = false;
  await changeCall(context, parseAttemptId(attemptId)?.callLogId ?? "", (record, now) => {
    const applied = applyAnswer(record, answer);
    isConflict = applied.conflict === true;
    if (applied.record === record) return undefined;
    return followAttempts(applied.record, { now, chain, retryAfterSeconds });
  });
  if (result.kind === "unknown") context.tally.add("answersUnknown");
  if (!isConflict) return;
  context.tally.add("eventConflicts");
  context.log.error({ attemptId }, "the answer does not fit what is known of the attempt");
}
