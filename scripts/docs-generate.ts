// Writes the tables of the reference pages from the tables and schemas in the code.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { root } from "../docs/markdown.ts";
import { ALL_TABLES } from "../docs/tables/all-tables.ts";
import { withTable } from "../docs/tables/generated-table.ts";

for (const table of ALL_TABLES) {
  const file = path.join(root, table.page);
  writeFileSync(file, withTable(readFileSync(file, "utf8"), table));
}
