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

/** The calls of an incident in figures. */
export interface IncidentSummary {
  title: string | null;
  firstRequestedAt: string | null;
  /** The first call in which a key was pressed that acknowledges; null while there is none. */
  acknowledged: {
    at: string;
    callLogId: string;
    name: string | null;
    toNumber: string | null;
  } | null;
  /** From the first request to the acknowledgement. */
  secondsToAcknowledge: number | null;
  people: IncidentPerson[];
  costUSDCents: number;
  isPricePending: boolean;
}

/** The calls of an incident in figures: from its first calls, oldest first. */
export function incidentSummary(calls: readonly CallLogView[]): IncidentSummary {
  const firstRequestedAt = calls[0]?.createdAt ?? null;
  const [first] = calls
    .flatMap((call) => (call.acknowledgedAt ? [{ at: call.acknowledgedAt, call }] : []))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const titled = calls.findLast((call) => call.incident?.title)?.incident?.title;
  return {
    title: titled === undefined || titled === null ? null : String(titled),
    firstRequestedAt,
    acknowledged:
      first === undefined
        ? null
        : { at: first.at, callLogId: first.call._id, ...whomOf(first.call) },
    secondsToAcknowledge:
      first === undefined || firstRequestedAt === null
        ? null
        : (Date.parse(first.at) - Date.parse(firstRequestedAt)) / 1000,
    people: peopleOf(calls),
    costUSDCents: costOf(calls),
    isPricePending: calls.some(({ pricing }) => pricing === "pending"),
  };
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
