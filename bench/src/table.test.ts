import { expect, test } from "vitest";

import { cellText, tableText } from "./table.ts";

test.each([
  [12_345.6, "12,346"],
  [99.96, "100"],
  [1.2345, "1.23"],
  [0.012_34, "0.0123"],
  [Number.NaN, "—"],
  ["minimal", "minimal"],
])("%s is shown as %s", (cell, text) => {
  expect(cellText(cell)).toBe(text);
});

test("a table is Markdown", () => {
  const table = { title: "Count", columns: ["peer", "ms"], rows: [["minimal", 1.5]] };
  expect(tableText(table)).toBe("**Count**\n\n| peer | ms |\n| --- | --: |\n| minimal | 1.5 |");
});
