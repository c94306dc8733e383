import fc from "fast-check";
import { expect, test } from "vitest";

import { aRequest } from "../testing/a-call.ts";
import { digestOf } from "./request-digest.ts";

test("the order of keys does not matter, at any depth", () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).toReversed();
    return Object.fromEntries(entries.map(([key, inner]) => [key, shuffled(inner)]));
  };
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(digestOf(shuffled(json))).toBe(digestOf(json));
    }),
  );
});

test("another value has another digest", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
      expect(digestOf(a) === digestOf(b)).toBe(same);
    }),
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ["array", ...value.map(sorted)];
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return ["object", ...entries.map(([key, inner]) => [key, sorted(inner)])];
}

test("two ways to write the same request are the same request", () => {
  const spoken = { say: "Down", scheduledAt: "2027-01-01T00:00:00Z" };
  const digest = digestOf(aRequest({ toNumber: "+1 555 999 8888", ...spoken }));
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(digestOf(aRequest({ toNumber: "+15559998888", ...spoken }))).toBe(digest);
  expect(digestOf(aRequest({ ...spoken, say: "Up" }))).not.toBe(digest);
  const later = { ...spoken, scheduledAt: "2027-01-01T00:00:01Z" };
  expect(digestOf(aRequest(later))).not.toBe(digest);
});
