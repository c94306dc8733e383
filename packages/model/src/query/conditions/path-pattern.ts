import { type Field, type FieldKind, INDEX, type Scope } from "./field.ts";
import { FORBIDDEN_NAMES } from "./forbidden-key.ts";

const FORBIDDEN = `(?!\\$|(?:${FORBIDDEN_NAMES.join("|")})(?:\\.|$))`;

/** One name inside a JSON value. */
const JSON_NAME = `${FORBIDDEN}[^.\\u0000]+`;

/** A name or dotted path inside a JSON value. */
export const JSON_PATH = `(?!_type$)${JSON_NAME}(?:\\.${JSON_NAME})*`;

const ANY_NAME = `${FORBIDDEN}[^.\\u0000]*`;

/** Every name that may stand beside conditions, as a pattern. */
export const NAME = `^(?:\\$and|\\$or|\\$nor|(?!_type$)${ANY_NAME}(?:\\.${ANY_NAME})*)$`;

/** A field that is reached by a path of its own kind; without a field it is a value in JSON. */
interface PathPattern {
  pattern: string;
  field: Field | undefined;
}

/** Every dotted path from a scope, and every position in it where it is a list. */
export function dottedFields(scope: Scope): PathPattern[] {
  const positions = positionIn(scope);
  const inside = (scope.names ?? []).flatMap((name) => below(scope.field(name)!, name));
  return positions === undefined
    ? inside
    : [...inside, { pattern: INDEX, field: positions }, ...below(positions, INDEX)];
}

/** Pattern of the names and dotted paths of fields of these kinds. */
export function fieldPaths(scope: Scope, kinds: readonly FieldKind[]): string {
  const own = (scope.names ?? []).map((name) => ({ pattern: name, field: scope.field(name) }));
  const patterns = [...own, ...dottedFields(scope)]
    .filter(({ field }) => kinds.includes(field?.kind ?? "value"))
    .map(({ pattern }) => pattern);
  return `^(?:${patterns.join("|")})$`;
}

function positionIn(scope: Scope): Field | undefined {
  return scope.names === undefined ? undefined : scope.field("0");
}

function below(field: Field, path: string): PathPattern[] {
  const scope = field.within?.(`${field.path}.`);
  if (scope === undefined) return [];
  if (scope.names === undefined)
    return [{ pattern: `${path}(?:\\.${JSON_NAME})+`, field: undefined }];
  const position = positionIn(scope);
  // With and without a position the names are the same.
  const prefix = position === undefined ? path : `${path}(?:\\.${INDEX})?`;
  const names = scope.names.flatMap((name) => {
    const inner = scope.field(name)!;
    const pattern = `${prefix}\\.${name}`;
    return [{ pattern, field: inner }, ...below(inner, pattern)];
  });
  return position === undefined
    ? names
    : [{ pattern: `${path}\\.${INDEX}`, field: position }, ...names];
}
