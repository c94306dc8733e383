import { expect, test } from "vitest";

import { exactMoney, moneyText } from "./money-text.ts";

test.each([
  [0, "$0.00", undefined],
  [-0, "$0.00", undefined],
  [0.0001, "< $0.01", "$0.000001"],
  [0.49, "< $0.01", "$0.0049"],
  [0.5, "$0.01", "$0.005"],
  [1.005 * 100, "$1.01", "$1.005"],
  [7.6494, "$0.08", "$0.076494"],
  [28_594.9618, "$285.95", "$285.949618"],
  [100, "$1.00", undefined],
  [1_234_567_89, "$1,234,567.89", undefined],
  [-250, "-$2.50", undefined],
  [-0.2, "> -$0.01", "-$0.002"],
])("%d cents", (amount, text, exact) => {
  expect(moneyText(amount)).toBe(text);
  expect(exactMoney(amount)).toBe(exact);
});
