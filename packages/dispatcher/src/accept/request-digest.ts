import { createHash } from "node:crypto";

/** SHA-256 (hex) of a value's canonical JSON: keys sorted, absent ones left out, dates as ISO text. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
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
