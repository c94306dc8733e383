import type { CallRecord, OutboxEvent } from "@call-log/model";
import { expect, test } from "vitest";

import { aCall, START } from "../testing/a-call.ts";
import { createWrittenCalls } from "./written-calls.ts";

const record = (_id: string, rest: Partial<CallRecord> = {}): CallRecord => ({
  ...aCall(),
  _id,
  ...rest,
});

test("a call is recalled as it was written last", () => {
  const calls = createWrittenCalls();
  expect(calls.recall("a")).toBeUndefined();
  calls.keep(record("a"));
  const latest = record("a", { revision: 2 });
  calls.keep(latest);
  expect(calls.recall("a")).toBe(latest);
});

test("a call that is over is not kept, and one that waits for its price is", () => {
  const calls = createWrittenCalls();
  const { wakeAt: _none, ...over } = record("over", { status: "Completed" });
  calls.keep(record("over"));
  calls.keep(over);
  calls.keep(record("priced later", { status: "Completed", wakeAt: START }));
  expect(calls.recall("over")).toBeUndefined();
  expect(calls.recall("priced later")).toBeDefined();
});

test("a call is read while it carries what is taken off it without a revision", () => {
  const calls = createWrittenCalls();
  const event: OutboxEvent = { id: "a-1", type: "call.status-changed", at: START, change: {} };
  const line = { _id: "line" } as unknown as NonNullable<CallRecord["unfiledActs"]>[number];
  const loads: Partial<CallRecord>[] = [{ outbox: [event] }, { unfiledActs: [line] }];
  for (const carried of loads) {
    calls.keep(record("a"));
    calls.keep(record("a", carried));
    expect(calls.recall("a")).toBeUndefined();
  }
});

test("of too many calls the one that was written longest ago is forgotten", () => {
  const calls = createWrittenCalls();
  calls.keep(record("first"));
  calls.keep(record("second"));
  calls.keep(record("first"));
  for (let index = 0; index < 999; index += 1) calls.keep(record(`other ${index}`));
  expect(calls.recall("second")).toBeUndefined();
  expect(calls.recall("first")).toBeDefined();
});

test("after an outdated call the next fifty are read, since other processes write too", () => {
  const calls = createWrittenCalls();
  calls.keep(record("a"));
  calls.keep(record("b"));
  calls.noteOutdated("a");
  expect(calls.recall("a")).toBeUndefined();
  const recalls = Array.from({ length: 51 }, () => calls.recall("b"));
  expect(recalls.filter((one) => one !== undefined)).toHaveLength(1);
  expect(recalls.at(-1)).toBeDefined();
});
