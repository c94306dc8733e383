import { callRequest } from "@call-log/model";
import { expect, test } from "vitest";

import { orderOf } from "./call-order.ts";
import { SCRIPTED_NUMBERS } from "./scripted-numbers.ts";

const form = { toNumber: " +15550100100 ", text: "The database is down.", attempts: 2 };

test.each([true, false])(
  "the server understands the form (asks for a digit: %s)",
  (asksForDigit) => {
    const order = callRequest.parse(orderOf({ ...form, asksForDigit }));
    expect(order.toNumber).toBe("+15550100100");
    expect(order.retry.maxAttempts).toBe(2);
    expect(order.reachedWhen).toBe(asksForDigit ? "acknowledged" : "answered");
  },
);

test.each(SCRIPTED_NUMBERS)("$number can be called", ({ number }) => {
  expect(callRequest.safeParse({ toNumber: number, say: "x" }).success).toBe(true);
});
