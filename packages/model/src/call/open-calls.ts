import {
  CALL_STATUS_NAMES,
  type CallStatus,
  type FinalStatus,
  isFinalStatus,
} from "./call-status.ts";

/** A status of a call that is not over. */
export type OpenStatus = Exclude<CallStatus, FinalStatus>;

/** All statuses of calls that are not over. */
export const OPEN_STATUSES = CALL_STATUS_NAMES.filter(
  (status) => !isFinalStatus(status),
) as OpenStatus[];

/** What an open call does. Each open call is of one kind, and "open" is all of them, wherever calls are counted. */
export const OPEN_KINDS = {
  waiting: { wording: "not dialled yet", statuses: ["Scheduled", "Queued"] },
  ringing: {
    wording: "a phone rings, or the call is being handed to the provider",
    statuses: ["Dialing", "Ringing"],
  },
  answered: { wording: "somebody or something has answered", statuses: ["In Progress"] },
  unknown: { wording: "the provider may or may not have placed it", statuses: ["Unknown"] },
} as const satisfies Record<string, { wording: string; statuses: readonly OpenStatus[] }>;

/** What an open call does. */
export type OpenKind = keyof typeof OPEN_KINDS;

/** All kinds of open calls. */
export const OPEN_KIND_NAMES = Object.keys(OPEN_KINDS) as OpenKind[];

/** Statuses of running calls: those that a provider has, or is being given. */
export const RUNNING_STATUSES: readonly OpenStatus[] = [
  ...OPEN_KINDS.ringing.statuses,
  ...OPEN_KINDS.answered.statuses,
];

/** How many calls are open, by what they do. */
export type OpenCalls = Readonly<Record<OpenKind, number>>;

/** Counts of statuses as counts of open calls; what is over is left out. */
export function openCallsOf(counts: Readonly<Partial<Record<string, number>>>): OpenCalls {
  const sum = (kind: OpenKind) =>
    OPEN_KINDS[kind].statuses.reduce((all, status) => all + (counts[status] ?? 0), 0);
  return {
    waiting: sum("waiting"),
    ringing: sum("ringing"),
    answered: sum("answered"),
    unknown: sum("unknown"),
  };
}

/** Number of running calls: a provider has them, or is being given them. */
export function runningCalls({ ringing, answered }: OpenCalls): number {
  return ringing + answered;
}

/** Number of all open calls. */
export function allOpenCalls(open: OpenCalls): number {
  return open.waiting + runningCalls(open) + open.unknown;
}
