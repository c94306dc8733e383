import { createHash } from "node:crypto";

import type { Alert } from "@call-log/model";

const MINUTE_MS = 60_000;

/** The last call that was placed for an alert. */
export interface LastCall {
  callLogId: string;
  createdAt: Date;
  isResolved: boolean;
}

/** Names the alert of a source, to find its calls. */
export function alertKey(sourceId: string, fingerprint: string): string {
  return `${sourceId}:${digest(fingerprint)}`;
}

/** One firing of an alert or a group. */
export interface Firing extends Pick<Alert, "startsAt" | "isAlwaysNew"> {
  /** Of the alert. */
  key: string;
}

/**
 * The idempotency key of the call for one firing: the same for a notification that is sent again, another one for a firing after it was
 * resolved. Without a start, the firing goes on from the last call until it is resolved, or that call is too old.
 */
export function firingKey(
  { key, startsAt, isAlwaysNew }: Firing,
  last: LastCall | undefined,
  { now, newCallAfterMinutes }: { now: Date; newCallAfterMinutes: number },
): { idempotencyKey: string; goesOn?: LastCall } {
  const minute = Math.floor(now.getTime() / MINUTE_MS);
  if (isAlwaysNew === true) return { idempotencyKey: keyOf(key, `minute ${minute}`) };
  if (startsAt !== undefined) return { idempotencyKey: keyOf(key, startsAt.toISOString()) };
  const isOld =
    last !== undefined &&
    now.getTime() - last.createdAt.getTime() >= newCallAfterMinutes * MINUTE_MS;
  const idempotencyKey = keyOf(key, `after ${last?.callLogId ?? "none"}`);
  return last === undefined || last.isResolved || isOld
    ? { idempotencyKey }
    : { idempotencyKey, goesOn: last };
}

function keyOf(key: string, firing: string): string {
  return `alert:${key}:${digest(firing)}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
