import { z } from "zod";

/** A JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Named JSON Schemas, which refer to each other by `#/components/schemas/NAME`. */
export type JsonSchemas = Record<string, JsonSchema>;

/** Collects named JSON Schemas. */
export interface SchemaSet {
  schemas: JsonSchemas;
  /** A reference to the schema of this name, which is made when it is first asked for; it may refer to itself. */
  named(name: string, make: () => JsonSchema): JsonSchema;
  /** What a zod schema takes; its named parts go into the set. */
  input(schema: z.ZodType): JsonSchema;
}

/** An empty set. */
export function createSchemaSet(): SchemaSet {
  const schemas: JsonSchemas = {};
  return {
    schemas,
    named(name, make) {
      if (!Object.hasOwn(schemas, name)) {
        schemas[name] = {};
        schemas[name] = make();
      }
      return referenceTo(name);
    },
    input(schema) {
      const text = JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
      const parsed = JSON.parse(
        text.replaceAll('"#/$defs/', '"#/components/schemas/'),
      ) as JsonSchema;
      const { $schema: _dialect, $defs = {}, ...own } = parsed;
      Object.assign(schemas, $defs);
      return own;
    },
  };
}

/** A reference to a named schema. */
export function referenceTo(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** One of these; the same one twice counts once. */
export function anyOf(...options: readonly JsonSchema[]): JsonSchema {
  const flat = options.flatMap((option) => alternatives(option));
  const unique = [...new Map(flat.map((option) => [JSON.stringify(option), option])).values()];
  return unique.length === 1 ? unique[0]! : { anyOf: unique };
}

// An option that is nothing but alternatives joins them.
function alternatives(option: JsonSchema): readonly JsonSchema[] {
  const inner = option["anyOf"];
  return Object.keys(option).length === 1 && Array.isArray(inner)
    ? (inner as JsonSchema[])
    : [option];
}
