import type { CallRecord, ProviderEvent } from "@call-log/model";
import { parseAttemptId } from "@call-log/model";
import type { CallSnapshot } from "@call-log/provider";

import { providerChain, type Providers } from "../providers/provider-lookup.ts";
import { isEnding } from "../rules/apply-event.ts";
import { type AppliedEvents, applyEvents } from "../rules/apply-events.ts";
import { attemptById } from "../rules/attempts.ts";
import { snapshotEvents } from "../rules/snapshot-events.ts";
import { type Recording, updateCall } from "./update-call.ts";

/** Record one event of a provider. Idempotent; rejects when it can't be written, so that its job is tried again. */
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
  return recordWith(context, { attemptId, events });
}

/** A call at the provider that is found to be the one of an unknown attempt. */
export interface FoundCall {
  attemptId: string;
  provider: string;
  snapshot: CallSnapshot;
  /** What is written in the same write. @defaultValue nothing */
  alongside?: EventsWith["alongside"];
}

/** Bind an attempt to the call that was found for it, and record what the provider says of that call. */
export function bindAttempt(
  context: Recording & Providers,
  { attemptId, provider, snapshot, alongside }: FoundCall,
): Promise<CallRecord | undefined> {
  const origin = { attemptId, provider, source: "poll", binds: true, now: context.now() } as const;
  return recordWith(context, { attemptId, events: snapshotEvents(snapshot, origin), alongside });
}

/** Events of one attempt, and what is written with them where they change something. */
interface EventsWith {
  attemptId: string;
  events: readonly ProviderEvent[];
  alongside?: ((before: CallRecord, after: CallRecord, now: Date) => CallRecord) | undefined;
}

async function recordWith(
  context: Recording & Providers,
  { attemptId, events, alongside = (_before, after) => after }: EventsWith,
): Promise<CallRecord | undefined> {
  const ends = events.some(({ status }) => isEnding(status));
  let applied: AppliedEvents | undefined;
  const written = await updateCall(context, callOf(attemptId), async (record, now) => {
    if (attemptById(record, attemptId) === undefined) return undefined;
    const chain = ends ? await providerChain(context, record.projectId) : [];
    applied = applyEvents(record, events, { now, chain });
    return applied.changed ? alongside(record, applied.record, now) : undefined;
  });
  report(context, attemptId, applied);
  return applied && written;
}

function callOf(attemptId: string): string {
  return parseAttemptId(attemptId)?.callLogId ?? "";
}

function report(
  { metrics, log }: Pick<Recording, "log" | "metrics">,
  attemptId: string,
  applied: AppliedEvents | undefined,
): void {
  if (applied === undefined) {
    metrics.add("eventsOfUnknownAttempts");
    log.warn({ attemptId }, "an event of an unknown attempt was dropped");
    return;
  }
  metrics.add(applied.changed ? "events" : "eventsRepeated");
  if (applied.conflicts === 0) return;
  metrics.add("eventConflicts", applied.conflicts);
  log.error({ attemptId }, "an event names another call than the attempt is bound to");
}
