import { ACCESS_TABLES } from "./access-tables.ts";
import { COMMAND_TABLES } from "./command-tables.ts";
import { FIELD_TABLES } from "./field-tables.ts";
import type { GeneratedTable } from "./generated-table.ts";
import { SETTINGS_TABLES } from "./settings-tables.ts";
import { STATUS_TABLES } from "./status-tables.ts";

/** Every table that `npm run docs:generate` writes; a test compares each with its page. */
export const ALL_TABLES: readonly GeneratedTable[] = [
  ...FIELD_TABLES,
  ...STATUS_TABLES,
  ...ACCESS_TABLES,
  ...SETTINGS_TABLES,
  ...COMMAND_TABLES,
];
