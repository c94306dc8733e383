import { expect, test } from "vitest";

import { rangeOf } from "../components/time-range/time-range.ts";
import { queryOf } from "../screens/calls/calls-filter.ts";
import { callsOfGroup, callsOfRange, hourOfDayAddress, sharersOf } from "./calls-of-group.ts";

const now = new Date("2026-11-24T03:12:00.000Z");
const zone = "Europe/Berlin";
const range = (text: string) => rangeOf(new URLSearchParams(text), { now, zone, usual: "30d" });
const context = { range: range("range=2026-10"), filters: {}, seesNumbers: true };
const OCTOBER = {
  since: "2026-09-30T22:00:00.000Z",
  until: "2026-10-31T22:59:59.999Z",
  zone,
};
const parameters = (address: string | undefined) =>
  Object.fromEntries(new URLSearchParams(address?.split("?")[1]));

test.each([
  ["provider", "twilio", { provider: "twilio" }],
  ["status", "No Answer", { status: "No Answer" }],
  ["outcome", "voicemail", { outcome: "voicemail" }],
  ["answeredBy", "machine", { answered: "machine" }],
  ["person", "u-1", { user: "u-1" }],
  ["country", "DE", { to: "+49" }],
] as const)("the calls by %s %s are those of the same month and zone", (by, key, filter) => {
  const address = callsOfGroup(by, { key }, context);
  expect(parameters(address)).toEqual({ ...filter, ...OCTOBER });
});

test("the calls of a day are those of its moments, within the range", () => {
  const day = {
    key: "2026-10-25",
    from: "2026-10-24T22:00:00.000Z",
    to: "2026-10-25T23:00:00.000Z",
  };
  expect(parameters(callsOfGroup("day", day, context))).toEqual({
    since: "2026-10-24T22:00:00.000Z",
    until: "2026-10-25T22:59:59.999Z",
    zone,
  });
  const part = { ...context, range: range("since=2026-10-25T12:00&until=2026-10-25T13:00") };
  expect(parameters(callsOfGroup("day", day, part))).toMatchObject({
    since: "2026-10-25T11:00:00.000Z",
    until: "2026-10-25T12:00:00.000Z",
  });
});

test("a range that moves with the clock is linked by its moments", () => {
  const address = callsOfRange({ range: range("range=24h"), filters: { user: "u-1" } });
  expect(parameters(address)).toEqual({ user: "u-1", since: "2026-11-23T03:12:00.000Z", zone });
});

test("what the list has no filter for has no link", () => {
  expect(callsOfGroup("person", { key: "" }, context)).toBeUndefined();
  expect(callsOfGroup("hourOfDay", { key: "03" }, context)).toBeUndefined();
  expect(
    callsOfGroup("country", { key: "DE" }, { ...context, seesNumbers: false }),
  ).toBeUndefined();
  expect(parameters(hourOfDayAddress("03", context))).toEqual({ ...OCTOBER, by: "hour", at: "03" });
});

test("the list understands every filter of a link", () => {
  const address = callsOfGroup("country", { key: "DE" }, context) ?? "";
  expect(queryOf(new URLSearchParams(address.split("?")[1]))).toEqual({
    $and: [
      { toNumber: { _type: "StartsWith", value: "+49" } },
      { createdAt: { _type: "GreaterThanOrEqual", value: OCTOBER.since } },
      { createdAt: { _type: "LessThanOrEqual", value: OCTOBER.until } },
    ],
  });
});

test("countries with one calling code are named", () => {
  const groups = ["US", "CA", "DE", ""].map((key) => ({ key }));
  expect(sharersOf("US", groups)).toEqual(["CA"]);
  expect(sharersOf("DE", groups)).toEqual([]);
});
