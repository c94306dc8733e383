import { type CallLogView, isFinalStatus } from "@call-log/model";

import { costOf, reachedAtOf } from "./call-times.ts";

/** Who of those that were called for an incident was reached. */
export interface IncidentPerson {
  name: string | null;
  /** As far as the key may see it. */
  toNumber: string | null;
  userId: string | null;
  calls: number;
  /** ISO 8601; null for somebody who was not reached. */
  reachedAt: string | null;
  /** Whether a call to them is not over yet. */
  isOpen: boolean;
}

/** A call in which a key was pressed that acknowledges. */
export interface Acknowledgement {
  at: string;
  callLogId: string;
  name: string | null;
  /** As far as the key may see it. */
  toNumber: string | null;
  /** The keys that were pressed; null where the key may not see them. */
  digits: string | null;
}

/** The calls of an incident in figures. */
export interface IncidentSummary {
  title: string | null;
  firstRequestedAt: string | null;
  /** The first acknowledgement; null while there is none. */
  acknowledged: Acknowledgement | null;
  /** All of them, the first one first. */
  acknowledgements: Acknowledgement[];
  /** Calls that somebody canceled after the first acknowledgement. */
  canceledSince: number;
  /** From the first request to the acknowledgement. */
  secondsToAcknowledge: number | null;
  people: IncidentPerson[];
  costUSDCents: number;
  isPricePending: boolean;
}

/** The calls of an incident in figures: from its first calls, oldest first. */
export function incidentSummary(calls: readonly CallLogView[]): IncidentSummary {
  const firstRequestedAt = calls[0]?.createdAt ?? null;
  const acknowledgements = acknowledgementsOf(calls);
  const [first] = acknowledgements;
  const titled = calls.findLast((call) => call.incident?.title)?.incident?.title;
  return {
    title: titled === undefined || titled === null ? null : String(titled),
    firstRequestedAt,
    acknowledged: first ?? null,
    acknowledgements,
    canceledSince: first === undefined ? 0 : calls.filter(isCanceledSince(first.at)).length,
    secondsToAcknowledge:
      first === undefined || firstRequestedAt === null
        ? null
        : (Date.parse(first.at) - Date.parse(firstRequestedAt)) / 1000,
    people: peopleOf(calls),
    costUSDCents: costOf(calls),
    isPricePending: calls.some(({ pricing }) => pricing === "pending"),
  };
}

function acknowledgementsOf(calls: readonly CallLogView[]): Acknowledgement[] {
  return calls
    .flatMap((call) => (call.acknowledgedAt ? [acknowledgementOf(call, call.acknowledgedAt)] : []))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function acknowledgementOf(call: CallLogView, at: string): Acknowledgement {
  const attempt = call.attempts?.find(({ acknowledgedAt }) => acknowledgedAt);
  return { at, callLogId: call._id, ...whomOf(call), digits: attempt?.digits ?? null };
}

function isCanceledSince(moment: string): (call: CallLogView) => boolean {
  const since = Date.parse(moment);
  return ({ attempts }) =>
    (attempts ?? []).some(({ events }) =>
      events.some(
        ({ status, at, by }) =>
          status === "canceled" &&
          by !== undefined &&
          by.kind !== "system" &&
          Date.parse(at) >= since,
      ),
    );
}

function peopleOf(calls: readonly CallLogView[]): IncidentPerson[] {
  const groups = new Map<string, CallLogView[]>();
  for (const call of calls) {
    const whom = call.user?._id ?? call.toNumber ?? call._id;
    groups.set(whom, [...(groups.get(whom) ?? []), call]);
  }
  return [...groups.values()].map((theirs) => {
    const reachedAt = theirs.flatMap((call) => reachedAtOf(call) ?? []).toSorted();
    return {
      ...whomOf(theirs.findLast((call) => call.user?.name) ?? theirs[0]),
      userId: theirs[0]?.user?._id ?? null,
      calls: theirs.length,
      reachedAt: reachedAt[0] ?? null,
      isOpen: theirs.some(({ status }) => !isFinalStatus(status ?? "")),
    };
  });
}

function whomOf(call: CallLogView | undefined): { name: string | null; toNumber: string | null } {
  const name = call?.user?.name ?? call?.user?.email;
  return {
    name: name === undefined || name === null ? null : String(name),
    toNumber: call?.toNumber ?? null,
  };
}
