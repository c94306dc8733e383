import type { ProviderEvent } from "@call-log/model";
import type { CallSnapshot } from "@call-log/provider";

import { isEnding } from "./apply-event.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** Which attempt a look-up was for, and how the snapshot came: by asking, or as the answer to a command. */
export interface SnapshotOrigin {
  attemptId: string;
  provider: string;
  source: "poll" | "api";
  now: Date;
  /** The attempt is bound to this call by the look-up. */
  binds?: boolean;
}

/** Everything that a snapshot says, as events: the answer and its facts before the end, the price last. */
export function snapshotEvents(snapshot: CallSnapshot, origin: SnapshotOrigin): ProviderEvent[] {
  const { answeredBy, pressed = [], price, answeredAt } = snapshot;
  const event = (status: ProviderEvent["status"], facts: Partial<ProviderEvent> = {}) =>
    ({ ...base(snapshot, origin), status, ...facts }) satisfies ProviderEvent;
  return [
    ...(origin.binds ? [event("bound")] : []),
    ...(answeredAt ? [event("in-progress", { at: answeredAt.toISOString() })] : []),
    ...(answeredBy ? [event("answered-by", { answeredBy })] : []),
    ...pressed.map((press) => event("digits", press)),
    event(snapshot.status, stateFacts(snapshot)),
    ...(price ? [event("price", { price })] : []),
  ];
}

function base(snapshot: CallSnapshot, origin: SnapshotOrigin): Omit<ProviderEvent, "status"> {
  const { attemptId, provider, source, now } = origin;
  const { providerCallId } = snapshot;
  return { attemptId, provider, providerCallId, source, at: now.toISOString() };
}

function stateFacts(snapshot: CallSnapshot): Partial<ProviderEvent> {
  const { status, endedAt, durationSeconds, sipResponseCode, errorCode, errorMessage } = snapshot;
  return withoutUndefined<Partial<ProviderEvent>>({
    ...(isEnding(status) && endedAt && { at: endedAt.toISOString() }),
    durationSeconds,
    sipResponseCode,
    errorCode,
    errorMessage,
  });
}
