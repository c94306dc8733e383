import { expect, test } from "vitest";

import { textOf } from "../markdown.ts";
import { OPERATIONS } from "./access-tables.ts";
import { ALL_TABLES } from "./all-tables.ts";
import { type GeneratedTable, presentRows, withTable } from "./generated-table.ts";

test.each(ALL_TABLES)("$page is as `npm run docs:generate` writes it: $heading", (table) => {
  const present = presentRows(textOf(table.page), table);
  expect(present).toEqual(table.rows(present));
});

test.each(ALL_TABLES)("$page has a meaning in every row: $heading", (table) => {
  const rows = table.rows(presentRows(textOf(table.page), table));
  expect(rows.length).toBeGreaterThan(3);
  expect(
    rows.filter((row) => row.includes("no description") || row.length !== rows[0]!.length),
  ).toEqual([]);
});

test("the columns of the permissions are the operations, in their order", () => {
  const [head = ""] = /^\| permission .*/m.exec(textOf("docs/reference/permissions.md")) ?? [];
  const columns = head.split("|").slice(2, -1);
  expect(columns.map((name) => name.trim())).toEqual(OPERATIONS);
});

const PAGE = `# Page

Words before.

## Colours

| colour | means |
| ------ | ----- |
| \`red\`  | stop  |

Words after.
`;

test("a table is written under its heading, and everything else stays", () => {
  const table: GeneratedTable = {
    page: "page.md",
    heading: "Colours",
    rows: (present) => [...present, ["`green`", "go on"]],
  };
  const written = withTable(PAGE, table);
  expect(written).toBe(
    PAGE.replace(
      "| colour | means |\n| ------ | ----- |\n| `red`  | stop  |",
      "| colour  | means |\n| ------- | ----- |\n| `red`   | stop  |\n| `green` | go on |",
    ),
  );
  expect(() => withTable(PAGE, { ...table, heading: "Shapes" })).toThrow('no heading "Shapes"');
});
