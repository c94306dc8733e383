/** Groups of statuses that are counted together, each with the colour of its bars. */
export const CALL_STATUS_GROUPS = {
  reached: { label: "Reached", color: "green" },
  // Not the name of one of its statuses, beside which it stands.
  "not-reached": { label: "Missed", color: "orange" },
  failed: { label: "Failed", color: "red" },
  canceled: { label: "Canceled", color: "gray" },
  open: { label: "Waiting or running", color: "blue" },
  unknown: { label: "Unknown", color: "violet" },
  other: { label: "Imported", color: "gray" },
} as const satisfies Record<string, { label: string; color: string }>;

/** Group of a status. */
export type CallStatusGroup = keyof typeof CALL_STATUS_GROUPS;

/** What a status of a call log means. */
export interface CallStatusEntry {
  /** A final status is never left. */
  final: boolean;
  /** Progress of a call; an update never lowers it within one attempt. */
  rank: number;
  /** The status in a sentence for people. */
  wording: string;
  /** Group in which it is counted; `other` is for statuses that are not in the table. */
  group: Exclude<CallStatusGroup, "other">;
  /** Colour of its pill. */
  color: "gray" | "blue" | "cyan" | "green" | "yellow" | "orange" | "red" | "violet";
}

/** Every status that call-log itself writes. Statuses of imported logs are text and stay as they are. */
export const CALL_STATUSES = {
  Scheduled: {
    final: false,
    rank: 0,
    wording: "Waits for its time",
    group: "open",
    color: "gray",
  },
  Queued: {
    final: false,
    rank: 1,
    wording: "Waits for a worker",
    group: "open",
    color: "gray",
  },
  Dialing: {
    final: false,
    rank: 2,
    wording: "Handed to the provider",
    group: "open",
    color: "blue",
  },
  Ringing: {
    final: false,
    rank: 3,
    wording: "The phone rings",
    group: "open",
    color: "blue",
  },
  "In Progress": {
    final: false,
    rank: 4,
    wording: "Answered, the call is running",
    group: "open",
    color: "cyan",
  },
  Unknown: {
    final: false,
    rank: 2,
    wording: "The provider may or may not have placed this call; being resolved",
    group: "unknown",
    color: "violet",
  },
  Completed: {
    final: true,
    rank: 5,
    wording: "Reached",
    group: "reached",
    color: "green",
  },
  "Not Reached": {
    final: true,
    rank: 5,
    wording: "The call connected, but nobody was reached as requested",
    group: "not-reached",
    color: "orange",
  },
  Busy: {
    final: true,
    rank: 5,
    wording: "The line was busy",
    group: "not-reached",
    color: "yellow",
  },
  "No Answer": {
    final: true,
    rank: 5,
    wording: "Nobody answered, or the call was declined",
    group: "not-reached",
    color: "yellow",
  },
  Failed: {
    final: true,
    rank: 5,
    wording: "The call could not be placed",
    group: "failed",
    color: "red",
  },
  Canceled: {
    final: true,
    rank: 5,
    wording: "Canceled before it was answered",
    group: "canceled",
    color: "gray",
  },
  Expired: {
    final: true,
    rank: 5,
    wording: "Its deadline passed before it could be dialled",
    group: "not-reached",
    color: "orange",
  },
  "Low Balance": {
    final: true,
    rank: 5,
    wording: "Not dialled: the balance or a spend cap did not allow it",
    group: "failed",
    color: "red",
  },
} as const satisfies Record<string, CallStatusEntry>;

/** A status that call-log writes. */
export type CallStatus = keyof typeof CALL_STATUSES;

/** A status that is never left. */
export type FinalStatus = {
  [S in CallStatus]: (typeof CALL_STATUSES)[S]["final"] extends true ? S : never;
}[CallStatus];

/** All statuses, open ones first. */
export const CALL_STATUS_NAMES = Object.keys(CALL_STATUSES) as CallStatus[];

/** True for a status that is never left. Any text that is not in the table came from an import and is final. */
export function isFinalStatus(status: string): boolean {
  return !Object.hasOwn(CALL_STATUSES, status) || CALL_STATUSES[status as CallStatus].final;
}

/** Group in which a status is counted. */
export function groupOfStatus(status: string): CallStatusGroup {
  return Object.hasOwn(CALL_STATUSES, status) ? CALL_STATUSES[status as CallStatus].group : "other";
}
