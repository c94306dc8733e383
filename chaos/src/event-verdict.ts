import { callEventNumber, type CallRecord } from "@call-log/model";

import type { ReceivedEvent } from "./webhook-receiver.ts";

/** What was found of the events, by the ids of their calls; all empty when the receiver knows what the log knows. */
export interface EventFindings {
  /** Calls of which a change of status, or an event that they counted, never arrived. */
  eventsLost: string[];
  /** Calls of which an event first arrived before an earlier one. */
  eventsReordered: string[];
  /** Calls of which a repetition had another body, or one change came under two ids. */
  eventsAltered: string[];
}

/** Compare what the receiver got with the log; of an installation without a receiver, nothing is found. */
export function eventFindingsOf(
  records: readonly CallRecord[],
  received: readonly ReceivedEvent[] | undefined,
): EventFindings {
  const found: EventFindings = { eventsLost: [], eventsReordered: [], eventsAltered: [] };
  if (received === undefined) return found;
  const byCall = new Map<string, ReceivedEvent[]>();
  for (const event of received)
    byCall.set(event.callLogId, [...(byCall.get(event.callLogId) ?? []), event]);
  for (const record of records) {
    const events = byCall.get(record._id) ?? [];
    const first = [...new Map(events.toReversed().map((event) => [event.id, event])).values()];
    // The first arrival of each, in the order of arrival.
    const arrived = first.toReversed().toSorted((a, b) => events.indexOf(a) - events.indexOf(b));
    if (isIncomplete(record, arrived)) found.eventsLost.push(record._id);
    if (isReordered(arrived)) found.eventsReordered.push(record._id);
    if (isAltered(events, arrived)) found.eventsAltered.push(record._id);
  }
  return found;
}

// Each change of status begins where the one before ended, from nothing to the status in the log; this asks no counter.
function isIncomplete(
  { status, eventCount = 0 }: CallRecord,
  arrived: readonly ReceivedEvent[],
): boolean {
  const inOrder = arrived.toSorted((a, b) => callEventNumber(a.id) - callEventNumber(b.id));
  let known: string | null = null;
  for (const { type, from = null, to } of inOrder) {
    if (type !== "call.status-changed") continue;
    if (from !== known) return true;
    known = to ?? null;
  }
  return known !== status || arrived.length < eventCount;
}

function isReordered(arrived: readonly ReceivedEvent[]): boolean {
  const numbers = arrived.map(({ id }) => callEventNumber(id));
  return numbers.some((number, index) => index > 0 && number < numbers[index - 1]!);
}

function isAltered(events: readonly ReceivedEvent[], arrived: readonly ReceivedEvent[]): boolean {
  const bodies = new Map(arrived.map(({ id, body }) => [id, body]));
  const isChanged = events.some(({ id, body }) => bodies.get(id) !== body);
  const once = arrived.filter(({ type }) => type === "call.acknowledged");
  return isChanged || once.length > 1;
}
