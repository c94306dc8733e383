import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { aCall, START } from "../testing/a-call.ts";
import { callCost, costOf, microUnitsOf } from "./call-cost.ts";

describe("microUnitsOf", () => {
  test.each([
    ["-0.01300", 13_000],
    ["0.013", 13_000],
    ["+1", 1_000_000],
    [".5", 500_000],
    ["-0.0000005", 1],
    ["0.0000004", 0],
    ["0.1", 100_000],
    [" 12.345678 ", 12_345_678],
    ["999999999.999999", 999_999_999_999_999],
  ])("%s is %d millionths", (text, micro) => {
    expect(microUnitsOf(text)).toBe(micro);
  });

  test.each(["", ".", "-", "1e3", "1,5", "NaN", "0x10", "1.2.3", "12345678901"])(
    "%j is no price",
    (text) => expect(microUnitsOf(text)).toBeUndefined(),
  );

  test("is exact where floats are not", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), fc.boolean(), (micro, negative) => {
        const digits = micro.toString().padStart(7, "0");
        const text = `${negative ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`;
        expect(microUnitsOf(text)).toBe(Number(micro));
      }),
    );
  });
});

describe("costOf", () => {
  test("keeps the amount as given, and counts US dollars only", () => {
    const price = (currency: string) => ({ amount: "-0.01300", currency, pricing: "final" });
    expect(costOf({ amount: "-0.01300", currency: "usd" })).toEqual({
      price: price("usd"),
      costInMicroUSD: 13_000,
    });
    expect(costOf({ amount: "-0.01300", currency: "EUR" })).toEqual({ price: price("EUR") });
    expect(costOf(undefined)).toEqual({});
  });
});

describe("callCost", () => {
  type Price = { micro?: number; pricing?: "final" | "pending" | "estimated" };
  const cost = (status: string, prices: readonly Price[]) => {
    const attempts = prices.map(({ micro, pricing }) => ({
      ...aCall().attempts[0]!,
      claimedAt: START,
      ...(micro !== undefined && { costInMicroUSD: micro }),
      ...(pricing && { price: { amount: null, currency: null, pricing } }),
    }));
    return callCost({ status, attempts });
  };

  test("is the sum in whole micro-dollars, in cents", () => {
    const two = cost("Completed", [{ micro: 13_000 }, { micro: 13_000 }, {}]);
    expect(two.callCostInUSDCents).toBe(2.6);
    const thirty = cost(
      "Completed",
      Array.from({ length: 30 }, () => ({ micro: 100_000 })),
    );
    expect(thirty.callCostInUSDCents).toBe(300);
  });

  test.each([
    ["Completed", ["final", "pending", "estimated"], "pending"],
    ["Completed", ["final", undefined, "estimated"], "pending"],
    ["Completed", ["final", "estimated"], "estimated"],
    ["Completed", ["final", "final"], "final"],
    ["Expired", [], "final"],
    ["Unknown", ["final", undefined], "pending"],
    ["Scheduled", ["final"], "pending"],
    ["Queued", [], undefined],
  ] as const)("pricing of a call that is %s after %j is %s", (status, pricings, worst) => {
    const prices = pricings.map((pricing) => (pricing ? { pricing } : {}));
    expect(cost(status, prices).pricing).toBe(worst);
  });

  test.each(["EUR", "GBP"])(
    "what was charged in %s is not in the sum, and it is said",
    (currency) => {
      const attempts = [
        { ...aCall().attempts[0]!, claimedAt: START, ...costOf({ amount: "-0.5", currency }) },
        {
          ...aCall().attempts[0]!,
          claimedAt: START,
          ...costOf({ amount: "-0.01", currency: "USD" }),
        },
      ];
      expect(callCost({ status: "Completed", attempts })).toEqual({
        callCostInUSDCents: 1,
        pricing: "incomplete",
      });
    },
  );

  test("an attempt that nobody claimed has no price", () => {
    expect(callCost({ ...aCall(), status: "Canceled" })).toEqual({
      callCostInUSDCents: 0,
      pricing: "final",
    });
  });
});
