import { PROPERTIES, type PropertyName } from "../../call/call-log.ts";
import {
  RELATION_NAMES,
  SNAPSHOT_COLUMNS,
  type RelationName,
  type SnapshotColumn,
} from "../../call/relation.ts";
import { isPlainObject } from "../conditions/plain-object.ts";
import { type InputPath, quoted, refuse } from "../conditions/query-issue.ts";

/** A property that points to another object. */
export type SelectableRelation = RelationName | "project";

/**
 * What OneUptime's client code selects and a call log does not have, with what is answered for it. Neither queried nor
 * sorted by.
 */
export const FIXED_PROPERTIES = { deletedAt: null, version: 1 } as const;

/** Name of a property whose value is the same for every call log. */
export type FixedProperty = keyof typeof FIXED_PROPERTIES;

/** Columns of a user that OneUptime's client code selects, and that no snapshot has: answered as null. */
export const USER_COLUMNS = ["profilePictureId"] as const;

/** A column that can be selected of a relation: of its snapshot, or one that OneUptime's client code asks for. */
export type SelectableColumn = SnapshotColumn | (typeof USER_COLUMNS)[number];

/** What is to be answered: properties by name, and of relations the columns beside `_id`. */
export interface Selection {
  properties: readonly Exclude<PropertyName, SelectableRelation>[];
  relations: Readonly<Partial<Record<SelectableRelation, readonly SelectableColumn[]>>>;
  /** Those of `FIXED_PROPERTIES`; absent without one. */
  fixed?: readonly FixedProperty[];
}

/** What is to be answered, as a caller writes it: `{"status": true, "incident": {"title": true}}`. */
export type SelectInput = {
  [P in PropertyName]?: P extends SelectableRelation
    ? boolean | { [C in ColumnOf<P> | "_id"]?: boolean }
    : boolean;
} & { [P in FixedProperty]?: boolean };

type ColumnOf<P> = P extends "user" ? SelectableColumn : SnapshotColumn;

const RELATIONS: ReadonlySet<string> = new Set([...RELATION_NAMES, "project"]);

/** Turns a selection, as JSON, into names and columns. Throws a QueryIssue. */
export function parseSelect(input: unknown): Selection {
  const properties: Selection["properties"][number][] = [];
  const relations: Partial<Record<SelectableRelation, readonly SelectableColumn[]>> = {};
  const fixed: FixedProperty[] = [];
  for (const [key, value] of entriesOf(input ?? {}, [])) {
    if (isFixed(key)) {
      if (asBoolean(value, [key])) fixed.push(key);
      continue;
    }
    if (!Object.hasOwn(PROPERTIES, key))
      refuse(
        [key],
        `there is no property ${quoted(key)}; allowed: ${Object.keys(PROPERTIES).join(", ")}`,
      );
    if (!isRelationName(key)) {
      if (asBoolean(value, [key])) properties.push(key as Selection["properties"][number]);
    } else if (value !== false) relations[key] = value === true ? [] : parseColumns(value, key);
  }
  return { properties, relations, ...(fixed.length > 0 && { fixed }) };
}

function isFixed(key: string): key is FixedProperty {
  return Object.hasOwn(FIXED_PROPERTIES, key);
}

function isRelationName(key: string): key is SelectableRelation {
  return RELATIONS.has(key);
}

function parseColumns(input: unknown, relation: SelectableRelation): SelectableColumn[] {
  const columns: readonly string[] = columnsOf(relation);
  const isColumn = (name: string): name is SelectableColumn => columns.includes(name);
  const chosen = entriesOf(input, [relation]).filter(([column, value]) => {
    if (column !== "_id" && !isColumn(column))
      refuse([relation, column], `must be one of: _id, ${columns.join(", ")}`);
    return asBoolean(value, [relation, column]);
  });
  return chosen.map(([column]) => column).filter(isColumn);
}

/** Columns that can be selected of a relation, beside `_id`. */
export function columnsOf(relation: SelectableRelation): readonly SelectableColumn[] {
  return relation === "user" ? [...SNAPSHOT_COLUMNS, ...USER_COLUMNS] : SNAPSHOT_COLUMNS;
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
