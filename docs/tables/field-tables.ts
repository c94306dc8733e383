import {
  callRequest,
  projectSettings,
  RELATION_NAMES,
  relationSnapshot,
} from "../../packages/model/src/index.ts";
import { type FieldRow, fieldRows } from "./field-rows.ts";
import { code, type GeneratedTable } from "./generated-table.ts";

const REQUEST = "docs/reference/call-request.md";

const isOfRelation = ([name]: FieldRow) =>
  RELATION_NAMES.some((relation) => name === relation || name === `${relation}Id`);
const isInSnapshot = ([name]: FieldRow) =>
  RELATION_NAMES.some((relation) => name.startsWith(`${relation}.`));

/** Fields of a call request and settings of a project, from their schemas. */
export const FIELD_TABLES: readonly GeneratedTable[] = [
  fieldTable(REQUEST, "Fields", () =>
    fieldRows(callRequest).filter((row) => !isOfRelation(row) && !isInSnapshot(row)),
  ),
  fieldTable(REQUEST, "Related resources", () => fieldRows(callRequest).filter(isOfRelation)),
  fieldTable(REQUEST, "Snapshot", () => fieldRows(relationSnapshot)),
  fieldTable("docs/reference/project-settings.md", "Settings", () => fieldRows(projectSettings)),
];

function fieldTable(page: string, heading: string, fields: () => FieldRow[]): GeneratedTable {
  const rows = () => fields().map(cellsOf);
  return { page, heading, rows };
}

function cellsOf([name, type, byDefault, limits, meaning, example]: FieldRow): string[] {
  return [code(name), type, code(byDefault), limits, meaning, code(example)];
}
