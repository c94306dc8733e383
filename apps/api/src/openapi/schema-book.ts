import { allQuerySchemas } from "@call-log/model";
import { z } from "zod";

/** A JSON object of an OpenAPI document. */
export type JsonObject = Record<string, unknown>;

/** Collects the schemas of a document: named ones become components, the others stay where they are used. */
export interface SchemaBook {
  /** What an input is, before it is parsed. */
  input(schema: z.ZodType): JsonObject;
  /** What an answer is. */
  output(schema: z.ZodType): JsonObject;
  /** The named schemas so far. */
  components(): JsonObject;
}

/** An empty book. */
export function createSchemaBook(): SchemaBook {
  const components: JsonObject = {};
  const describe = (schema: z.ZodType, io: "input" | "output"): JsonObject => {
    const { $schema: _dialect, $defs = {}, ...own } = inComponents(toJsonSchema(schema, io));
    Object.assign(components, $defs);
    return own;
  };
  return {
    input: (schema) => describe(schema, "input"),
    output: (schema) => describe(schema, "output"),
    components: () =>
      Object.fromEntries(Object.entries({ ...components, ...allQuerySchemas() }).toSorted(byName)),
  };
}

function toJsonSchema(schema: z.ZodType, io: "input" | "output"): JsonObject {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      if (io === "input") describeDefault(jsonSchema);
      if (zodSchema instanceof z.ZodDate)
        Object.assign(jsonSchema, { type: "string", format: "date-time" });
      // That a number is one that JavaScript can count says nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
}

// In words, since tools that make clients take what has a default for something that is always there, and require it.
function describeDefault(schema: z.core.JSONSchema.BaseSchema): void {
  const { default: value, description } = schema;
  if (value === undefined) return;
  delete schema.default;
  if (value === null) return;
  const words = `Default: \`${JSON.stringify(value)}\``;
  schema.description = description === undefined ? words : `${description}. ${words}`;
}

function inComponents(schema: JsonObject): JsonObject {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text) as JsonObject;
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
