import { expect, test } from "vitest";

import { logLines } from "./log-lines.ts";
import { section, tableRows, textOf } from "./markdown.ts";

const text = textOf("docs/reference/logs.md");

test("every line worth an alert is in the code, at its level", () => {
  const rows = tableRows(section(text, "Lines worth an alert"));
  expect(rows.length).toBeGreaterThan(15);
  const levels = logLines();
  expect(rows.map(([msg, level]) => [msg, level])).toEqual(
    rows.map(([msg]) => [msg, levels.get(msg!) ?? "not in the code"]),
  );
});

test("every error that the dispatcher logs is there", () => {
  const listed = new Set(tableRows(section(text, "Lines worth an alert")).map(([msg]) => msg));
  const errors = [...logLines()].filter(([, level]) => level === "error");
  expect(errors.map(([msg]) => msg).filter((msg) => !listed.has(msg))).toEqual([]);
});
