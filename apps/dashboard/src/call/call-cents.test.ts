import { expect, test } from "vitest";

import { callCents } from "./call-cents.ts";

test.each([
  ["nothing was dialled", {}, undefined],
  ["the provider's answer is missing", { callCostInUSDCents: 0 }, undefined],
  ["a price is still to come", { callCostInUSDCents: 0, pricing: "pending" }, undefined],
  ["one of two prices is still to come", { callCostInUSDCents: 1.3, pricing: "pending" }, 1.3],
  ["the provider asks for nothing", { callCostInUSDCents: 0, pricing: "final" }, 0],
  ["an amount is in another currency", { callCostInUSDCents: 2, pricing: "incomplete" }, 2],
] as const)("%s", (_case, call, cents) => {
  expect(callCents(call)).toBe(cents);
});
