import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { callCost, costOf, microUnitsOf } from "./call-cost.ts";
import { aCall } from "./testing/a-call.ts";

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
  const costs = (
    micros: (number | undefined)[],
    pricings: ("final" | "pending" | "estimated")[],
  ) => {
    const [attempt] = aCall().attempts;
    const attempts = micros.map((costInMicroUSD, index) => ({
      ...attempt!,
      ...(costInMicroUSD !== undefined && { costInMicroUSD }),
      ...(pricings[index] && {
        price: { amount: null, currency: null, pricing: pricings[index] },
      }),
    }));
    return callCost({ status: "Queued", attempts });
  };

  test("is the sum in whole micro-dollars, in cents", () => {
    expect(costs([13_000, 13_000, undefined], ["final", "final"]).callCostInUSDCents).toBe(2.6);
    const thirty = Array.from({ length: 30 }, () => 100_000);
    expect(costs(thirty, []).callCostInUSDCents).toBe(300);
  });

  test.each([
    [["final", "pending", "estimated"], "pending"],
    [["final", "estimated"], "estimated"],
    [["final", "final"], "final"],
    [[], undefined],
  ] as const)("pricing of %j is %s", (pricings, worst) => {
    expect(
      costs(
        pricings.map(() => 1),
        [...pricings],
      ).pricing,
    ).toBe(worst);
  });

  test("a call that ended without a claimed attempt costs nothing, for certain", () => {
    const expired = { ...aCall(), status: "Expired" };
    expect(callCost(expired)).toEqual({ callCostInUSDCents: 0, pricing: "final" });
  });
});
