import { expect, test } from "vitest";

import { aboutMoney, exactMoney, moneyText, moneyWords } from "./money-text.ts";

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

test.each([
  [0, "$0.00", "$0.00"],
  [0.2, "less than $0.01", "less than $0.01"],
  [3, "$0.03", "about $0.03"],
])("%d cents inside a sentence", (amount, words, estimate) => {
  expect(moneyWords(amount)).toBe(words);
  expect(aboutMoney(amount)).toBe(estimate);
});
