import { createHash } from "node:crypto";

import { CallLogError, type CallRequestInput } from "@call-log/model";

const TOKEN = /^(\d{4}-\d\d-\d\d)-([0-9a-f]{20})$/;
const DAY_MS = 86_400_000;

/**
 * What confirms a request: the day (UTC) of the dry run, and a digest of all that is asked for. The same request on the same day has the same
 * one, so that a repeated tool call is the same call.
 */
export function confirmationOf(request: CallRequestInput, now: Date): string {
  return `${dayOf(now)}-${digestOf(request)}`;
}

/** The idempotency key of a confirmed request. Throws a BAD_REQUEST when the confirmation is for other arguments, or older than yesterday. */
export function keyOf(confirmation: string, request: CallRequestInput, now: Date): string {
  const [, day, digest] = TOKEN.exec(confirmation.trim()) ?? [];
  const days = [dayOf(now), dayOf(new Date(now.getTime() - DAY_MS))];
  if (day !== undefined && digest === digestOf(request) && days.includes(day))
    return `mcp:${day}-${digest}`;
  throw new CallLogError(
    "BAD_REQUEST",
    "confirm: must be the confirmation of a dry run with the same arguments, of today or yesterday. Call place_call without confirm first.",
  );
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function digestOf(request: CallRequestInput): string {
  const fields = Object.entries(request).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex").slice(0, 20);
}
