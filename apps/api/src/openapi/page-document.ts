import type { JsonObject } from "./schema-book.ts";

/** The schemas of queries, whose parts refer to each other in circles. */
const QUERIES = ["CallLogQuery", "AuditQuery"];
const PART_OF_A_QUERY = /^(?:CallLogQuery|AuditQuery|Query)/;

/**
 * The document as the page for people shows it: a query is an object with a description. The page writes out every reference, which of a language
 * that nests without end takes a browser minutes; how a query is written, the page has in words.
 */
export function pageDocument(document: JsonObject): JsonObject {
  const components = document["components"] as JsonObject;
  const schemas = Object.entries(components["schemas"] as Record<string, JsonObject>);
  const shown = schemas
    .filter(([name]) => !PART_OF_A_QUERY.test(name) || QUERIES.includes(name))
    .map(([name, schema]) => [name, QUERIES.includes(name) ? inWords(schema) : schema]);
  return { ...document, components: { ...components, schemas: Object.fromEntries(shown) } };
}

function inWords({ title, description, examples }: JsonObject): JsonObject {
  return { type: "object", title, description, examples };
}
