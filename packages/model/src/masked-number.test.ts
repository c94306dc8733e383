import fc from "fast-check";
import { expect, test } from "vitest";

import { maskedNumber, mayHoldNumber, withMaskedNumbers } from "./masked-numbers.ts";

test.each([
  ["+15550100100", "+1555•••••00"],
  ["+491511234567890", "+4915•••••••••90"],
  ["+4930123", "+4••••23"],
  ["+49", "•••"],
  ["", ""],
])("%s is shown as %s", (number, shown) => {
  expect(maskedNumber(number)).toBe(shown);
});

test("of any number at least four characters are hidden, and its length stays", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+\d{4,15}$/), (number) => {
      const shown = maskedNumber(number);
      expect(shown).toHaveLength(number.length);
      expect(shown.split("•").length - 1).toBeGreaterThanOrEqual(4);
    }),
  );
});

test("numbers are masked at any depth, and in what a provider or a voice says", () => {
  const at = new Date(0);
  const call = {
    _id: "a",
    createdAt: at,
    toNumber: "+15550100100",
    statusMessage: "The number +15550100100 is unverified (21219)",
    callData: { message: "Call +49 (30) 1234-5678 back", steps: [{ say: "+15550100100" }] },
    tags: ["+15550100100"],
    user: { _id: "u", number: "+15550100100" },
    attempts: [
      { number: 1, fromNumber: "+15551112222", events: [], errorMessage: "to +15550100100" },
    ],
  };
  expect(withMaskedNumbers({ data: [call], count: 1 })).toEqual({
    count: 1,
    data: [
      {
        ...call,
        toNumber: "+1555•••••00",
        statusMessage: "The number +1555•••••00 is unverified (21219)",
        callData: { message: "Call +49 (•••••••••••78 back", steps: [{ say: "+1555•••••00" }] },
        user: { _id: "u", number: "+1555•••••00" },
        attempts: [
          { number: 1, fromNumber: "+1555•••••22", events: [], errorMessage: "to +1555•••••00" },
        ],
      },
    ],
  });
});

test.each([
  ["toNumber", true],
  ["attempts.0.fromNumber", true],
  ["attempts.errorMessage", true],
  ["callData.to", true],
  ["user.number", true],
  ["tags", false],
  ["attempts.number", false],
  ["attempts.outcome", false],
])("%s may hold a number: %s", (path, may) => {
  expect(mayHoldNumber(path)).toBe(may);
});
