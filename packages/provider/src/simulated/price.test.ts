import fc from "fast-check";
import { expect, test } from "vitest";

import { anyLedgerCall, ledgerCall } from "../testing/ledger-call.ts";
import { durationSeconds, ledgerPrice } from "./price.ts";
import { callAt } from "./script/call-state.ts";

const LONG_AFTER = new Date("2030-01-01T00:00:00.000Z");

test.each([
  [0, "-0.00700"],
  [0.5, "-0.01000"],
  [1, "-0.01300"],
])("a minute at luck %d costs %s", (luck, amount) => {
  expect(ledgerPrice(ledgerCall({ luck }))).toEqual({ amount, currency: "USD" });
});

test("a call that is not answered costs nothing", () => {
  expect(ledgerPrice(ledgerCall({ toNumber: "+15550100110" })).amount).toBe("0.00000");
});

test("the carrier tells the ledger's price, or none for a call that costs nothing", () => {
  fc.assert(
    fc.property(anyLedgerCall, (call) => {
      fc.pre(call.toNumber !== "+15550100161");
      const { price, durationSeconds: told } = callAt(call, LONG_AFTER);
      expect(price ?? { amount: "0.00000", currency: "USD" }).toEqual(ledgerPrice(call));
      expect(told).toBe(durationSeconds(call));
      expect(ledgerPrice(call).amount).toMatch(/^(0\.00000|-\d+\.\d{5})$/);
    }),
  );
});
