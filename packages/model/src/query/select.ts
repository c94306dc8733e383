import { PROPERTIES, type PropertyName } from "../call-log.ts";
import {
  RELATION_NAMES,
  SNAPSHOT_COLUMNS,
  type RelationName,
  type SnapshotColumn,
} from "../relation.ts";
import { isPlainObject } from "./plain-object.ts";
import { type InputPath, quoted, refuse } from "./query-issue.ts";

/** A property that points to another object. */
export type SelectableRelation = RelationName | "project";

/** What is to be answered: properties by name, and of relations the columns beside `_id`. */
export interface Selection {
  properties: readonly Exclude<PropertyName, SelectableRelation>[];
  relations: Readonly<Partial<Record<SelectableRelation, readonly SnapshotColumn[]>>>;
}

/** What is to be answered, as a caller writes it: `{"status": true, "incident": {"title": true}}`. */
export type SelectInput = {
  [P in PropertyName]?: P extends SelectableRelation
    ? boolean | { [C in SnapshotColumn | "_id"]?: boolean }
    : boolean;
};

const RELATIONS: ReadonlySet<string> = new Set([...RELATION_NAMES, "project"]);

/** Turns a selection, as JSON, into names and columns. Throws a QueryIssue. */
export function parseSelect(input: unknown): Selection {
  const properties: Selection["properties"][number][] = [];
  const relations: Partial<Record<SelectableRelation, readonly SnapshotColumn[]>> = {};
  for (const [key, value] of entriesOf(input ?? {}, [])) {
    if (!Object.hasOwn(PROPERTIES, key))
      refuse(
        [key],
        `there is no property ${quoted(key)}; allowed: ${Object.keys(PROPERTIES).join(", ")}`,
      );
    if (!isRelationName(key)) {
      if (asBoolean(value, [key])) properties.push(key as Selection["properties"][number]);
    } else if (value !== false) relations[key] = value === true ? [] : parseColumns(value, key);
  }
  return { properties, relations };
}

function isRelationName(key: string): key is SelectableRelation {
  return RELATIONS.has(key);
}

function parseColumns(input: unknown, relation: string): SnapshotColumn[] {
  const chosen = entriesOf(input, [relation]).filter(([column, value]) => {
    if (column !== "_id" && !isColumn(column))
      refuse([relation, column], `must be one of: _id, ${SNAPSHOT_COLUMNS.join(", ")}`);
    return asBoolean(value, [relation, column]);
  });
  return chosen.map(([column]) => column).filter(isColumn);
}

function isColumn(name: string): name is SnapshotColumn {
  return (SNAPSHOT_COLUMNS as readonly string[]).includes(name);
}

function entriesOf(input: unknown, path: InputPath): [string, unknown][] {
  if (isPlainObject(input)) return Object.entries(input);
  const what =
    path.length === 0
      ? 'an object such as {"status": true}'
      : "true, false or an object of columns";
  return refuse(path, `must be ${what}`);
}

function asBoolean(value: unknown, path: InputPath): boolean {
  return typeof value === "boolean" ? value : refuse(path, "must be true or false");
}
