import type { CallStatus, CallStatusGroup } from "@call-log/model";

import type { Tone } from "../design/tokens.ts";

/** The colour of every status, by its meaning. */
const STATUS_TONES: Readonly<Record<CallStatus, Tone>> = {
  Scheduled: "neutral",
  Queued: "neutral",
  Dialing: "active",
  Ringing: "active",
  "In Progress": "active",
  Unknown: "unknown",
  Completed: "good",
  "Not Reached": "warn",
  Busy: "warn",
  "No Answer": "warn",
  Failed: "bad",
  Canceled: "neutral",
  Expired: "warn",
  "Low Balance": "bad",
};

/** The colour of a status; imported ones mean nothing to call-log. */
export function toneOf(status: string): Tone {
  return Object.hasOwn(STATUS_TONES, status) ? STATUS_TONES[status as CallStatus] : "neutral";
}

/** Colour of a group of statuses that are counted together. */
export const GROUP_TONES: Readonly<Record<CallStatusGroup, Tone>> = {
  reached: "good",
  "not-reached": "warn",
  failed: "bad",
  canceled: "neutral",
  open: "active",
  unknown: "unknown",
  other: "neutral",
};
