import { expect, test } from "vitest";

import { leaksIn } from "./leaks.ts";

test.each([
  ["a phone number", '{"level":50,"err":{"message":"no such number +15550100100"}}'],
  ["a phone number", '{"to":"15550100100"}'],
  ["a spoken text", '{"msg":"Invalid character in string: BLUEBIRD"}'],
  ["a spoken text", '{"msg":"The database of shop.example is down"}'],
  ["an API key", '{"headers":{"apikey":"cl_0123456789abcdefghij0123456789"}}'],
  [
    "a callback's secret",
    '{"url":"/hooks/twilio/0190f3a0-1/abcdefghijklmnopqrstuvwxyz012345/gather"}',
  ],
])("%s is found in a log", (what, line) => {
  expect(leaksIn(`{"level":30}\n${line}\n`)).toEqual([{ what, line }]);
});

test("ids, counts, times and places are not", () => {
  const line =
    '{"level":50,"time":1764126371000,"pid":15550,"callLogId":"0190f3a0-5f6b-7c11-9d2e-3f4a5b6c7d8e","at":"2026-11-26T03:06:11+00:00","stack":"    at x (file:///a/b.ts:10:5)"}';
  expect(leaksIn(line)).toEqual([]);
});
