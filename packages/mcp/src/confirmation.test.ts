import { expect, test } from "vitest";

import { confirmationOf, keyOf } from "./confirmation.ts";

const NIGHT = new Date("2026-11-24T23:59:59.000Z");
const REQUEST = { toNumber: "+15550100100", say: "The database is down." };
const hoursLater = (hours: number) => new Date(NIGHT.getTime() + hours * 3_600_000);

test("the same request has the same confirmation all day, whatever the order of its fields", () => {
  const { toNumber, say } = REQUEST;
  const first = confirmationOf(REQUEST, NIGHT);
  expect(confirmationOf({ say, toNumber }, hoursLater(-20))).toBe(first);
  expect(confirmationOf({ ...REQUEST, purpose: "again" }, NIGHT)).not.toBe(first);
});

test("it gives one key past midnight, too, until the day after", () => {
  const confirmation = confirmationOf(REQUEST, NIGHT);
  const key = keyOf(confirmation, REQUEST, NIGHT);
  expect(keyOf(` ${confirmation} `, REQUEST, hoursLater(24))).toBe(key);
  expect(() => keyOf(confirmation, REQUEST, hoursLater(25))).toThrow(/^confirm: must be/);
});

test.each(["yes", "true", "2026-11-24-0123456789abcdef0123"])("%s confirms nothing", (text) => {
  expect(() => keyOf(text, REQUEST, NIGHT)).toThrow(/Call place_call without confirm first/);
});

test("it confirms no other arguments", () => {
  const confirmation = confirmationOf(REQUEST, NIGHT);
  const other = { ...REQUEST, toNumber: "+15550100101" };
  expect(() => keyOf(confirmation, other, NIGHT)).toThrow(/^confirm: must be/);
});
