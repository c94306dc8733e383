/** What a status of a call log means. */
export interface CallStatusEntry {
  /** A final status is never left. */
  final: boolean;
  /** How far a call has come; an update never lowers it within one attempt. */
  rank: number;
  /** The status in a sentence for people. */
  wording: string;
  /** Colour of its pill. */
  color: "gray" | "blue" | "cyan" | "green" | "yellow" | "orange" | "red" | "violet";
}

/** Every status that call-log itself writes. Statuses of imported logs are text and stay as they are. */
export const CALL_STATUSES = {
  Scheduled: {
    final: false,
    rank: 0,
    wording: "Waits for its time",
    color: "gray",
  },
  Queued: {
    final: false,
    rank: 1,
    wording: "Waits for a worker",
    color: "gray",
  },
  Dialing: {
    final: false,
    rank: 2,
    wording: "Handed to the provider",
    color: "blue",
  },
  Ringing: {
    final: false,
    rank: 3,
    wording: "The phone rings",
    color: "blue",
  },
  "In Progress": {
    final: false,
    rank: 4,
    wording: "Answered, the call is running",
    color: "cyan",
  },
  Unknown: {
    final: false,
    rank: 2,
    wording: "The provider may or may not have placed this call; being resolved",
    color: "violet",
  },
  Completed: {
    final: true,
    rank: 5,
    wording: "Reached",
    color: "green",
  },
  "Not Reached": {
    final: true,
    rank: 5,
    wording: "The call connected or was declined, but nobody was reached as requested",
    color: "orange",
  },
  Busy: {
    final: true,
    rank: 5,
    wording: "The line was busy",
    color: "yellow",
  },
  "No Answer": {
    final: true,
    rank: 5,
    wording: "Nobody answered",
    color: "yellow",
  },
  Failed: {
    final: true,
    rank: 5,
    wording: "The call could not be placed",
    color: "red",
  },
  Canceled: {
    final: true,
    rank: 5,
    wording: "Canceled before it was answered",
    color: "gray",
  },
  Expired: {
    final: true,
    rank: 5,
    wording: "Its deadline passed before it could be dialled",
    color: "orange",
  },
  "Low Balance": {
    final: true,
    rank: 5,
    wording: "Not dialled: the balance or a spend cap did not allow it",
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
