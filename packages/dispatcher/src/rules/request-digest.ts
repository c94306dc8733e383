import { createHash } from "node:crypto";

import type { CallRecord, CallRequest } from "@call-log/model";

/** SHA-256 (hex) of a value's canonical JSON: keys sorted, absent ones left out, dates as ISO text. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** Distinguishes a repeated request from another one with the same idempotency key. */
export type RequestDigests = Pick<CallRecord, "requestDigest" | "sentDigest">;

/** Digests of a request: as it was parsed, with all defaults, and as it was sent. */
export function digestsOf(request: CallRequest, sent: unknown): Required<RequestDigests> {
  return { requestDigest: digestOf(request), sentDigest: digestOf(sent) };
}

/**
 * True for a repeated request. One of the digests suffices: another way to write a number changes what was sent, and a release with one more
 * default changes what is parsed.
 */
export function isSameRequest(known: RequestDigests, given: RequestDigests): boolean {
  const isSentAgain = known.sentDigest !== undefined && known.sentDigest === given.sentDigest;
  return isSentAgain || known.requestDigest === given.requestDigest;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isPlain(inner) ? sorted(inner) : inner));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  // A null prototype keeps a key named __proto__ an ordinary key.
  return Object.assign(Object.create(null) as Record<string, unknown>, Object.fromEntries(entries));
}
