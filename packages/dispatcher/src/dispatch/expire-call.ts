import { changeCall } from "../change-call.ts";
import type { DispatchContext } from "../dispatch-context.ts";
import { followAttempts } from "../rules/follow-attempt.ts";
import { expired } from "../rules/plan-next.ts";

/** End a call whose deadline has passed while its next attempt is only planned. */
export async function expireCall(context: DispatchContext, callLogId: string): Promise<void> {
  await changeCall(context, callLogId, (record, now) => {
    const isPast = record.deadlineAt !== undefined && record.deadlineAt <= now;
    const isPlanned = record.attempts.some(({ state }) => state === "planned");
    if (!isPast || !isPlanned) return undefined;
    return followAttempts(expired(record, now), { now, chain: [] });
  });
}
