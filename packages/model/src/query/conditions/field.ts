import { z } from "zod";

import { publicAttempt } from "../../call/attempt.ts";
import { PROPERTIES, type PropertyKind, type PropertyName } from "../../call/call-log.ts";
import { SNAPSHOT_COLUMNS } from "../../call/relation.ts";

/**
 * What can be asked of a field. Beside the kinds of properties: `boolean`, `value` (any JSON value, its type is not known) and
 * `objects` (a list of objects with known fields, or one such object). A relation is asked by its id.
 */
export type FieldKind =
  | Exclude<PropertyKind, "relation" | "attempts">
  | "boolean"
  | "value"
  | "objects";

/** Something that a condition can be put on. */
export interface Field {
  /** Where it is stored. */
  path: string;
  kind: FieldKind;
  /** Stored paths of the lists of objects that it is an element's part of, outermost first. */
  lists?: readonly string[];
  /** The names inside it, when it has any; their stored paths start with the prefix. */
  within?: (prefix: string) => Scope;
}

/** The names that a condition can use at one place. */
export interface Scope {
  /** All names, or undefined where any name is allowed. */
  names?: readonly string[];
  field(name: string): Field | undefined;
}

/** Pattern of a position in a list. */
export const INDEX = "(?:0|[1-9]\\d{0,3})";

/** A name that is a position in a list. */
export const INDEX_KEY = new RegExp(`^${INDEX}$`);

/** The field behind a name or a dotted path, or undefined. */
export function findField(scope: Scope, dottedPath: string): Field | undefined {
  const [first = "", ...rest] = dottedPath.split(".");
  return rest.reduce<Field | undefined>(
    (field, name) => field?.within?.(`${field.path}.`).field(name),
    first === "" ? undefined : scope.field(first),
  );
}

function scopeOf(fields: Readonly<Record<string, Field>>): Scope {
  return {
    names: Object.keys(fields),
    field: (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined),
  };
}

function jsonScope(prefix: string): Scope {
  const field = (name: string): Field | undefined =>
    name === "" ? undefined : { path: prefix + name, kind: "value", within: jsonScope };
  return { field };
}

// A snapshot's number is text or a number, as the caller gave it.
function relationField(name: string): Field {
  const id: Field = { path: `${name}Id`, kind: "id" };
  const columns = SNAPSHOT_COLUMNS.map((column): [string, Field] => [
    column,
    { path: `${name}.${column}`, kind: column === "number" ? "value" : "text" },
  ]);
  const inside = name === "project" ? { _id: id } : { _id: id, ...Object.fromEntries(columns) };
  return { ...id, within: () => scopeOf(inside) };
}

function propertyField(name: PropertyName): Field {
  const { kind } = PROPERTIES[name];
  switch (kind) {
    case "relation":
      return relationField(name);
    case "attempts":
      return {
        path: name,
        kind: "objects",
        within: (prefix) => listScope(attemptShape, prefix, []),
      };
    case "json":
      return { path: name, kind, within: jsonScope };
    case "id":
    case "date":
    case "phone":
    case "text":
    case "number":
    case "texts":
      return { path: name, kind };
  }
}

const attemptShape = publicAttempt.shape;

type Shape = Readonly<Record<string, z.core.SomeType>>;

// Without a prefix the names are those of one element; the lists around it do not matter there.
function shapeScope(shape: Shape, prefix: string, lists: readonly string[]): Scope {
  const around = prefix === "" ? [] : lists;
  const fields = Object.entries(shape).map(([name, schema]) => [
    name,
    schemaField(schema, prefix + name, around),
  ]);
  return scopeOf(Object.fromEntries(fields) as Record<string, Field>);
}

/** The names of an object that is described by a schema. */
export function schemaScope(schema: z.ZodObject): Scope {
  return shapeScope(schema.shape, "", []);
}

// An index picks one element.
function listScope(shape: Shape, prefix: string, lists: readonly string[]): Scope {
  const within = (inner: string) => shapeScope(shape, inner, lists);
  const scope = shapeScope(shape, prefix, [...lists, prefix.slice(0, -1)]);
  return {
    ...scope,
    field: (name) =>
      INDEX_KEY.test(name) ? { path: prefix + name, kind: "objects", within } : scope.field(name),
  };
}

function schemaField(schema: z.core.SomeType, path: string, lists: readonly string[]): Field {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return schemaField(schema.unwrap(), path, lists);
  const field = (kind: FieldKind): Field => ({ path, kind, lists });
  if (schema instanceof z.ZodObject) {
    const { shape } = schema;
    return { ...field("objects"), within: (prefix) => shapeScope(shape, prefix, lists) };
  }
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) {
    const { shape } = schema.element;
    return { ...field("objects"), within: (prefix) => listScope(shape, prefix, lists) };
  }
  if (schema instanceof z.ZodRecord) return { ...field("json"), within: jsonScope };
  if (schema instanceof z.ZodUnknown) return { ...field("value"), within: jsonScope };
  if (schema instanceof z.ZodNumber) return field("number");
  if (schema instanceof z.ZodDate) return field("date");
  return field(schema instanceof z.ZodBoolean ? "boolean" : "text");
}

const PROPERTY_FIELDS = Object.fromEntries(
  (Object.keys(PROPERTIES) as PropertyName[]).map((name) => [name, propertyField(name)]),
) as Record<PropertyName, Field>;

/** The properties of a call log. */
export const ROOT_SCOPE: Scope = scopeOf(PROPERTY_FIELDS);

/** Where a property is stored: a relation at its id, the project at `projectId`. */
export function storedPath(name: PropertyName): string {
  return PROPERTY_FIELDS[name].path;
}
