/** One field of a request or of settings, as its table shows it: name, type, default, limits, meaning, example. */
export type FieldRow = [string, string, string, string, string, string];

interface Schema {
  type?: string;
  $ref?: string;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | false;
  propertyNames?: Schema;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  description?: string;
  example?: unknown;
  title?: string;
  format?: string;
  [limit: string]: unknown;
}

/** A zod schema, as far as it is needed here. */
interface Described {
  toJSONSchema(options: { io: "input"; unrepresentable: "any" }): object;
}

/** A row for every field of a schema, at any depth: `retry.backoff.delaySeconds`, `say[].gather.on.*.say`. */
export function fieldRows(zod: Described): FieldRow[] {
  const { $defs, ...root } = zod.toJSONSchema({ io: "input", unrepresentable: "any" }) as Schema;
  const definitions = ($defs ?? {}) as Record<string, Schema>;
  const resolved = (schema: Schema): Schema => {
    const { $ref, ...own } = schema;
    const target = $ref === undefined ? {} : definitions[$ref.replace("#/$defs/", "")]!;
    return $ref === undefined ? schema : { ...target, ...own };
  };
  const below = (schema: Schema, path: string): FieldRow[] => {
    const { anyOf = [], properties = {}, required = [], items, additionalProperties } = schema;
    const inner = Object.entries(properties).flatMap(([name, field]) =>
      rowsOf(field, path === "" ? name : `${path}.${name}`, required.includes(name)),
    );
    return [
      ...inner,
      ...(additionalProperties ? below(resolved(additionalProperties), `${path}.*`) : []),
      ...(items ? below(resolved(items), `${path}[]`) : []),
      ...anyOf.flatMap((option) => below(resolved(option), path)),
    ];
  };
  const rowsOf = (given: Schema, path: string, isRequired: boolean): FieldRow[] => {
    const schema = withDescription(resolved(given));
    const row: FieldRow = [
      path,
      typeOf(schema, resolved),
      isRequired ? "required" : jsonOr(schema.default, "–"),
      limitsOf(schema, resolved).join("; ") || "–",
      schema.description ?? "no description",
      jsonOr(schema.example, "–"),
    ];
    return [row, ...below(schema, path)];
  };
  return below(resolved(root), "");
}

// Of a setting that may be null, the description and the example are inside.
function withDescription(schema: Schema): Schema {
  const inner = schema.anyOf?.find(({ description }) => description !== undefined);
  const { description = schema.description, example = schema.example } = inner ?? {};
  return { ...schema, ...(description && { description }), example };
}

type Resolve = (schema: Schema) => Schema;

function typeOf(schema: Schema, resolved: Resolve): string {
  const { type, anyOf, items, enum: values, format, title } = schema;
  if (anyOf !== undefined) {
    const options = anyOf.map((option) => typeOf(resolved(option), resolved));
    return [...new Set(options)].join(" or ");
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (values !== undefined) return `one of ${values.map((v) => JSON.stringify(v)).join(", ")}`;
  if (type === "array") return `list of ${typeOf(resolved(items ?? {}), resolved)}`;
  if (type === "string") return TEXTS[format ?? ""] ?? "text";
  if (type === "object") return title === undefined ? "object" : `object (${title})`;
  return NAMES[type ?? ""] ?? "any";
}

const TEXTS: Readonly<Record<string, string>> = {
  "date-time": "time (ISO 8601 with its zone)",
  uri: "address",
};

const NAMES: Readonly<Record<string, string>> = {
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  null: "null",
};

function limitsOf(schema: Schema, resolved: Resolve): string[] {
  const { anyOf, items } = schema;
  if (anyOf !== undefined)
    return [...new Set(anyOf.flatMap((option) => limitsOf(resolved(option), resolved)))];
  const inItems = items === undefined ? [] : limitsOf(resolved(items), resolved);
  const { exclusiveMinimum } = schema;
  return [
    ...range(schema["minimum"], schema["maximum"], ""),
    ...(exclusiveMinimum === undefined ? [] : [`more than ${exclusiveMinimum as number}`]),
    ...range(schema["minLength"], schema["maxLength"], " characters"),
    ...range(schema["minItems"], schema["maxItems"], " items"),
    ...range(schema["minProperties"], schema["maxProperties"], " names"),
    ...inItems.map((limit) => `each ${limit}`),
  ];
}

function range(min: unknown, max: unknown, unit: string): string[] {
  if (min === undefined && max === undefined) return [];
  if (min === undefined) return [`at most ${max as number}${unit}`];
  if (max === undefined || max === Number.MAX_SAFE_INTEGER)
    return [`at least ${min as number}${unit}`];
  return [`${min as number} to ${max as number}${unit}`];
}

function jsonOr(value: unknown, absent: string): string {
  return value === undefined ? absent : JSON.stringify(value);
}
