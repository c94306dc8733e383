import { queryInput } from "@call-log/model";
import { describe, expect, test } from "vitest";

import {
  BULK_ACTIONS,
  callsInWords,
  NO_TALLY,
  planOf,
  RETRY_REACHED_TOO,
  ringsInWords,
  scopeOf,
  tallied,
} from "./bulk-action.ts";

const STATUSES = [
  { key: "Queued", calls: 3 },
  { key: "Ringing", calls: 1 },
  { key: "Completed", calls: 5 },
  { key: "Busy", calls: 2 },
  { key: "Unknown", calls: 1 },
  { key: "Erfolg", calls: 4 },
];

describe("the plan says first what will be touched, and why the rest is not", () => {
  test("of a cancellation", () => {
    expect(planOf(BULK_ACTIONS.cancel, STATUSES)).toEqual({
      touched: 4,
      skipped: [
        { reason: "already over", calls: 11 },
        { reason: "the provider may or may not have placed it", calls: 1 },
      ],
    });
  });

  test("of calling again", () => {
    expect(planOf(BULK_ACTIONS.retry, STATUSES)).toEqual({
      touched: 6,
      skipped: [
        { reason: "not over yet", calls: 4 },
        { reason: "reached somebody", calls: 5 },
        { reason: "the provider may or may not have placed it", calls: 1 },
      ],
    });
  });
});

test("those that reached somebody are called again only when that is asked for", () => {
  expect(planOf(RETRY_REACHED_TOO, STATUSES)).toMatchObject({ touched: 11 });
});

test.each([...Object.values(BULK_ACTIONS), RETRY_REACHED_TOO])(
  "the server understands what $label looks for",
  ({ query }) => {
    expect(queryInput.safeParse(query).error).toBeUndefined();
  },
);

test("the scope is what was selected, or all that fits the filters", () => {
  const filters = { status: "Busy" };
  const ids = new Set(["a", "b"]);
  expect(scopeOf({ ids, isAll: true }, filters)).toEqual(filters);
  expect(scopeOf({ ids, isAll: false }, filters)).toEqual({
    _id: { _type: "Includes", value: ["a", "b"] },
  });
});

test("answers are tallied: done, done before, and refused by the reason", () => {
  const error = { code: "CONFLICT", message: "the call is over: Busy" } as const;
  const refusal = { ok: false, error } as const;
  const called = { ok: true, _id: "a", status: "Queued", repeated: false } as const;
  const before = { ok: true, _id: "b", status: "Queued", repeated: true } as const;
  const canceled = { ok: true, _id: "c", status: "Canceled" } as const;
  const once = tallied(NO_TALLY, [called, refusal]);
  expect(tallied(once, [refusal, before, canceled])).toEqual({
    done: ["a", "c"],
    before: ["b"],
    refused: { "the call is over: Busy": 2 },
  });
});

test.each([
  [1, 1, "Call 1 number again"],
  [38, 38, "Call 38 numbers again"],
  [38, 40, "Call 38 numbers again, for 40 calls"],
])("%d numbers of %d calls: %s", (numbers, calls, words) =>
  expect(ringsInWords({ numbers, calls })).toBe(words),
);

test.each([
  [1, "1 call"],
  [1234, "1,234 calls"],
])("%d is %s", (count, words) => expect(callsInWords(count)).toBe(words));
