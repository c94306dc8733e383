import { expect, test } from "vitest";

import {
  answeredOf,
  type BulkPlan,
  type BulkStep,
  callsInWords,
  countOf,
  goLabel,
  NO_TALLY,
  scopeOf,
  tallied,
} from "./bulk-action.ts";

interface Planned {
  matching: number;
  looked?: number;
  calls?: number;
  numbers?: number;
}

const plan = ({
  matching,
  looked = matching,
  calls = looked,
  numbers = calls,
}: Planned): BulkPlan => ({
  total: matching,
  countedFrom: null,
  matching,
  skipped: [],
  looked,
  retry: {
    calls,
    ids: [],
    numbers,
    refused: [],
    before: { calls: 0, ids: [] },
    zones: [],
    quiet: [],
    cost: { lowUSDCents: 0, meanUSDCents: 0, highUSDCents: 0, unpriced: 0 },
  },
});

test("the scope is what was selected, or all that fits the filters", () => {
  const filters = { status: "Busy" };
  const ids = new Set(["a", "b"]);
  expect(scopeOf({ ids, isAll: true }, filters)).toEqual(filters);
  expect(scopeOf({ ids, isAll: false }, filters)).toEqual({
    _id: { _type: "Includes", value: ["a", "b"] },
  });
});

test("steps are tallied: done, done before, refused by the reason, and the first time of dialling", () => {
  const step: BulkStep = {
    done: ["a"],
    before: ["b"],
    refused: [{ reason: "over", calls: 2, ids: ["c", "d"] }],
    startsAt: "2026-11-26T03:12:10.000Z",
  };
  const later = { ...step, done: ["e"], startsAt: "2026-11-26T03:12:20.000Z" };
  const tally = tallied(tallied(NO_TALLY, step), later);
  expect(tally).toEqual({
    done: ["a", "e"],
    before: ["b", "b"],
    refused: { over: { calls: 4, ids: ["c", "d", "c", "d"] } },
    startsAt: step.startsAt,
  });
  expect(answeredOf(tally)).toBe(8);
  expect(tallied(NO_TALLY, { ...step, done: [] }).startsAt).toBeNull();
});

test.each([
  [plan({ matching: 1 }), "Call 1 number again"],
  [plan({ matching: 38 }), "Call 38 numbers again"],
  [plan({ matching: 41, calls: 40, numbers: 38 }), "Call 38 numbers again, for 40 calls"],
  [plan({ matching: 10_000, looked: 1000 }), "Call up to 10,000 calls again"],
])("the last button says what it does: %#", (planned, words) =>
  expect(goLabel("retry", planned)).toBe(words),
);

test("a cancellation is of all that match", () => {
  const canceling = { ...plan({ matching: 7 }), looked: null, retry: null };
  expect(countOf(canceling)).toBe(7);
  expect(goLabel("cancel", canceling)).toBe("Cancel 7 calls");
});

test("of calls that took too long to count, the last button does not promise a number", () => {
  const planned = { ...plan({ matching: 7000 }), countedFrom: "2026-11-01T00:00:00.000Z" };
  expect(goLabel("cancel", planned)).toBe("Cancel 7,000 calls or more");
  expect(goLabel("retry", planned)).toBe("Call 7,000 calls or more again");
});

test.each([
  [1, "1 call"],
  [1234, "1,234 calls"],
])("%d is %s", (count, words) => expect(callsInWords(count)).toBe(words));
