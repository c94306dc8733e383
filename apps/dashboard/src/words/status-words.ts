import type { CallStatus, CallStatusGroup } from "@call-log/model";

import { tIn } from "../language/translate.ts";

/** Each status, as every screen names it: by what it says of the call. The API keeps its own names. */
const NAMES: Readonly<Record<CallStatus, () => string>> = {
  Scheduled: () => tIn("status", "Scheduled"),
  Queued: () => tIn("status", "Queued"),
  Dialing: () => tIn("status", "Dialing"),
  Ringing: () => tIn("status", "Ringing"),
  "In Progress": () => tIn("status", "In progress"),
  Unknown: () => tIn("status", "Unknown"),
  Completed: () => tIn("status", "Reached"),
  "Not Reached": () => tIn("status", "Not reached"),
  Busy: () => tIn("status", "Busy"),
  "No Answer": () => tIn("status", "Not answered"),
  Failed: () => tIn("status", "Failed"),
  Canceled: () => tIn("status", "Canceled"),
  Expired: () => tIn("status", "Expired"),
  "Low Balance": () => tIn("status", "Out of budget"),
};

/** What each status means. */
const WORDINGS: Readonly<Record<CallStatus, () => string>> = {
  Scheduled: () => tIn("status meaning", "Waits for its time"),
  Queued: () => tIn("status meaning", "Waits for a worker"),
  Dialing: () => tIn("status meaning", "Handed to the provider"),
  Ringing: () => tIn("status meaning", "The phone rings"),
  "In Progress": () => tIn("status meaning", "Answered, the call is running"),
  Unknown: () =>
    tIn("status meaning", "The provider may or may not have placed this call; being resolved"),
  Completed: () => tIn("status meaning", "Reached"),
  "Not Reached": () =>
    tIn("status meaning", "The call connected, but nobody was reached as requested"),
  Busy: () => tIn("status meaning", "The line was busy"),
  "No Answer": () => tIn("status meaning", "Nobody answered, or the call was declined"),
  Failed: () => tIn("status meaning", "The call could not be placed"),
  Canceled: () => tIn("status meaning", "Canceled before it was answered"),
  Expired: () => tIn("status meaning", "Its deadline passed before it could be dialled"),
  "Low Balance": () =>
    tIn("status meaning", "Not dialled: the balance or a spend cap did not allow it"),
};

/** Each group of statuses. */
const GROUPS: Readonly<Record<CallStatusGroup, () => string>> = {
  reached: () => tIn("status group", "Reached"),
  "not-reached": () => tIn("status group", "Missed"),
  failed: () => tIn("status group", "Failed"),
  canceled: () => tIn("status group", "Canceled"),
  open: () => tIn("status group", "Waiting or running"),
  unknown: () => tIn("status group", "Unknown"),
  other: () => tIn("status group", "Imported"),
};

/** A status in the active language; one that was imported stays as it is. */
export function statusName(status: string): string {
  return Object.hasOwn(NAMES, status) ? NAMES[status as CallStatus]() : status;
}

/** What a status means; undefined for one that was imported. */
export function statusWording(status: string): string | undefined {
  return Object.hasOwn(WORDINGS, status) ? WORDINGS[status as CallStatus]() : undefined;
}

/** A group of statuses in the active language. */
export function statusGroupName(group: CallStatusGroup): string {
  return GROUPS[group]();
}
