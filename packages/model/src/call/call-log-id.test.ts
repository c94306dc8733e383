import fc from "fast-check";
import { expect, test } from "vitest";

import { isObjectId } from "../value/object-id.ts";
import { parseAttemptId } from "./attempt.ts";
import { isKeyedCallLogId, newCallLogId } from "./call-log-id.ts";

const projectId = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

test("without a key every id is new, and later ids sort later", () => {
  const ids = Array.from({ length: 1000 }, () => newCallLogId({ projectId }));
  expect(new Set(ids).size).toBe(1000);
  expect(ids.toSorted()).toEqual(ids);
});

test("with a key the id is that of project and key, on every machine and in every version", () => {
  const id = newCallLogId({ projectId, idempotencyKey: "incident-4711" });
  expect(id).toBe("b88ea92b-7cfd-5a65-9f94-73266a1f999a");
});

test("other keys and other projects have other ids", () => {
  // Any list of UTF-16 units, so that halves of surrogate pairs are among them.
  const anyText = fc
    .array(fc.integer({ min: 0, max: 0xff_ff }), { minLength: 1, maxLength: 20 })
    .map((units) => String.fromCharCode(...units));
  const idempotencyKey = fc.oneof(fc.string({ minLength: 1 }), anyText);
  const given = fc.record({ projectId: fc.uuid(), idempotencyKey });
  fc.assert(
    fc.property(given, given, (a, b) => {
      const same = a.projectId === b.projectId && a.idempotencyKey === b.idempotencyKey;
      expect(newCallLogId(a) === newCallLogId(b)).toBe(same);
      expect(newCallLogId(a)).toBe(newCallLogId({ ...a }));
    }),
  );
});

test("half a surrogate pair is a key as any other, beside another half and the character that replaces it", () => {
  const keys = ["x\ud83d", "x\udd25", "\ud83dx", "x\ufffd", "x\ud83d\udd25"];
  const ids = keys.map((idempotencyKey) => newCallLogId({ projectId, idempotencyKey }));
  expect(new Set(ids).size).toBe(keys.length);
});

test("both kinds are ids, and an attempt's id leads back to them", () => {
  for (const id of [newCallLogId({ projectId }), newCallLogId({ projectId, idempotencyKey: "" })]) {
    expect(isObjectId(id)).toBe(true);
    expect(parseAttemptId(`${id}-2`)).toEqual({ callLogId: id, number: 2 });
  }
});

test("an id tells whether a repeated request has the same", () => {
  expect(isKeyedCallLogId(newCallLogId({ projectId: "p", idempotencyKey: "k" }))).toBe(true);
  expect(isKeyedCallLogId(newCallLogId({ projectId: "p" }))).toBe(false);
});
