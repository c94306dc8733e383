import type { CallRecord, ProviderEvent } from "@call-log/model";
import { parseAttemptId } from "@call-log/model";

import { providerChain, type Providers } from "../providers/provider-lookup.ts";
import { applyEvent, isEnding } from "../rules/apply-event.ts";
import { attemptById } from "../rules/attempts.ts";
import type { StatusSituation } from "../rules/derive-call-status.ts";
import { deriveCallStatus } from "../rules/derive-call-status.ts";
import { updateCall, type Recording } from "./update-call.ts";

/** What became of events. */
export interface AppliedEvents {
  record: CallRecord;
  changed: boolean;
  /** How many spoke of another call of the provider than the attempt is bound to. */
  conflicts: number;
}

/** Apply events to a call one after the other, and let the call follow its attempts. */
export function applyEvents(
  record: CallRecord,
  events: readonly ProviderEvent[],
  situation: StatusSituation,
): AppliedEvents {
  let followed: AppliedEvents = { record, changed: false, conflicts: 0 };
  for (const event of events) {
    const applied = applyEvent(followed.record, event);
    if (applied.conflict) followed = { ...followed, conflicts: followed.conflicts + 1 };
    if (applied.changed)
      followed = {
        ...followed,
        changed: true,
        record: deriveCallStatus(applied.record, situation),
      };
  }
  return followed;
}

/** Record one event of a provider. Idempotent; rejects when it could not be written, so that its job is tried again. */
export async function recordEvent(
  context: Recording & Providers,
  event: ProviderEvent,
): Promise<void> {
  await recordEvents(context, event.attemptId, [event]);
}

/** Record several events of one attempt in one write; the call after it, or undefined when there is no such attempt. */
export function recordEvents(
  context: Recording & Providers,
  attemptId: string,
  events: readonly ProviderEvent[],
): Promise<CallRecord | undefined> {
  return recordEventsWith(context, { attemptId, events, alongside: (_before, after) => after });
}

/** The same with what is written beside the events, where they change something. */
export async function recordEventsWith(
  context: Recording & Providers,
  { attemptId, events, alongside }: EventsWith,
): Promise<CallRecord | undefined> {
  const ends = events.some(({ status }) => isEnding(status));
  let followed: AppliedEvents | undefined;
  const written = await updateCall(context, callOf(attemptId), async (record, now) => {
    if (attemptById(record, attemptId) === undefined) return undefined;
    const chain = ends ? await providerChain(context, record.projectId) : [];
    followed = applyEvents(record, events, { now, chain });
    return followed.changed ? alongside(record, followed.record) : undefined;
  });
  report(context, attemptId, followed);
  return followed && written;
}

/** Events of one attempt, and what they are written with. */
interface EventsWith {
  attemptId: string;
  events: readonly ProviderEvent[];
  alongside: (before: CallRecord, after: CallRecord) => CallRecord;
}

function callOf(attemptId: string): string {
  return parseAttemptId(attemptId)?.callLogId ?? "";
}

function report(
  context: Pick<Recording, "log" | "metrics">,
  attemptId: string,
  followed: AppliedEvents | undefined,
): void {
  const { metrics, log } = context;
  if (followed === undefined) {
    metrics.add("eventsOfUnknownAttempts");
    log.warn({ attemptId }, "an event of an unknown attempt was dropped");
    return;
  }
  metrics.add(followed.changed ? "events" : "eventsRepeated");
  if (followed.conflicts === 0) return;
  metrics.add("eventConflicts", followed.conflicts);
  log.error({ attemptId }, "an event speaks of another call than the attempt is bound to");
}
