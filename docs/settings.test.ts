import { expect, test } from "vitest";

import { filesUnder, section, tableRows, textOf } from "./markdown.ts";

const text = textOf("docs/reference/settings.md");
const cliRows = tableRows(section(text, "Command line"));

test("the command line's variables are all there", () => {
  const declared = [...textOf("apps/cli/src/config.ts").matchAll(/^ {2}([A-Z_]+):/gm)];
  expect(cliRows.map(([name]) => name)).toEqual(declared.map(([, name]) => name));
});

test("what tests and examples read is all there", () => {
  const read = ["packages", "examples"].flatMap(filesUnder).flatMap((file) => {
    if (!file.endsWith(".ts")) return [];
    return [...textOf(file).matchAll(/process\.env\["(\w+)"\]/g)].map(([, name]) => name!);
  });
  const told = tableRows(section(text, "Tests and examples")).map(([name]) => name!);
  expect([...new Set(read)].filter((name) => !told.includes(name))).toEqual([]);
  const inScript = [...textOf(".ci/run").matchAll(/\$\{(CALL_LOG_\w+)/g)].map(([, name]) => name!);
  expect(told).toEqual(expect.arrayContaining(inScript));
});
