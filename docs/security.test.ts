import { expect, test } from "vitest";

import { section, tableRows, textOf } from "./markdown.ts";

test("SECURITY.md names a test for each defence", () => {
  const rows = tableRows(section(textOf("SECURITY.md"), "Defences"));
  expect(rows.length).toBeGreaterThan(0);
  const without = rows.filter(([, heldBy]) => {
    const tests = heldBy!.replaceAll("`", "").split(", ");
    return !tests.every((path) => /^[\w./-]+\.(test|contract)\.ts$/.test(path));
  });
  expect(without).toEqual([]);
});
