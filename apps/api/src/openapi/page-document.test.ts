import { expect, test } from "vitest";

import { DOCUMENT } from "../testing/documented-responses.ts";
import { pageDocument } from "./page-document.ts";
import type { JsonObject } from "./schema-book.ts";

const document = pageDocument(DOCUMENT);
const { schemas } = document["components"] as { schemas: Record<string, JsonObject> };

function references(value: unknown): string[] {
  const found = JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
  return [...new Set([...found].map(([, name]) => name!))];
}

test("the page's document refers to nothing that it lacks", () => {
  const missing = references(document).filter((name) => !Object.hasOwn(schemas, name));
  expect(missing).toEqual([]);
  expect(Object.keys(document["paths"] as object)).toEqual(
    Object.keys(DOCUMENT["paths"] as object),
  );
});

test("no schema of it leads back to itself, which a browser would write out for minutes", () => {
  const circles = (name: string, path: readonly string[]): string[] => {
    if (path.includes(name)) return [[...path, name].join(" → ")];
    return references(schemas[name]).flatMap((inner) => circles(inner, [...path, name]));
  };
  expect(Object.keys(schemas).flatMap((name) => circles(name, []))).toEqual([]);
});

test("a query is described on it", () => {
  expect(schemas["CallLogQuery"]).toMatchObject({
    type: "object",
    description: expect.stringContaining("dotted path"),
    examples: expect.any(Array),
  });
});
