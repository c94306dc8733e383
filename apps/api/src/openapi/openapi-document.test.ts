import { callRequest, ERROR_CODES, PROPERTIES } from "@call-log/model";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";

import { EXAMPLE_CALL_LOG } from "../rest/example-call-log.ts";
import { REST_ROUTES } from "../rest/rest-route-table.ts";
import { DOCUMENT, problems } from "../testing/documented-responses.ts";
import type { JsonObject } from "./schema-book.ts";

/** Every operation of the document, with a pointer to it. */
const OPERATIONS = Object.entries(DOCUMENT["paths"] as Record<string, JsonObject>).flatMap(
  ([path, methods]) =>
    Object.entries(methods as Record<string, JsonObject>).map(([method, operation]) => ({
      title: `${method.toUpperCase()} ${path}`,
      pointer: `#/paths/${path.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D")}/${method}`,
      operation,
    })),
);

test("it is OpenAPI 3.1", async () => {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(DOCUMENT));
  expect([result.valid, result.errors, validator.version]).toEqual([true, undefined, "3.1"]);
});

test("it has the routes of the table with all their methods, and nothing else", () => {
  const expected = REST_ROUTES.flatMap(({ methods, path }) =>
    methods.map((method) => `${method} ${path.replace(":id", "{id}")}`),
  );
  expect(OPERATIONS.map(({ title }) => title).toSorted()).toEqual(expected.toSorted());
});

test("operations have names of their own", () => {
  const names = OPERATIONS.map(({ operation }) => operation["operationId"]);
  expect(new Set(names).size).toBe(OPERATIONS.length);
});

test("every route needs the ApiKey header", () => {
  expect(DOCUMENT["security"]).toEqual([{ ApiKey: [] }]);
  expect(DOCUMENT).toHaveProperty("components.securitySchemes.ApiKey", {
    type: "apiKey",
    in: "header",
    name: "ApiKey",
    description: expect.any(String),
  });
});

test("every property of the reference page can be selected, and is answered", () => {
  const names = [...Object.keys(PROPERTIES), "deletedAt", "version"];
  for (const place of ["CallLogSelect", "CallLog"])
    expect(Object.keys(propertiesOf(place)).toSorted()).toEqual(names.toSorted());
});

function propertiesOf(schema: string): object {
  const { schemas } = DOCUMENT["components"] as { schemas: Record<string, JsonObject> };
  return schemas[schema]?.["properties"] as object;
}

test("the examples of a call request's properties make one that is accepted", () => {
  const examples = Object.entries(propertiesOf("CallRequest")).flatMap(
    ([name, { example }]: [string, JsonObject]) =>
      example === undefined ? [] : [[name, example] as const],
  );
  const names = examples.map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining(["toNumber", "scheduledAt", "deadlineAt"]));
  const request = { say: "The database is down.", ...Object.fromEntries(examples) };
  expect(callRequest.safeParse(request).error?.issues).toBeUndefined();
});

test("every refusal is described, and its example is one", () => {
  for (const code of Object.keys(ERROR_CODES)) {
    const pointer = `components.responses.${code}.content.application/json.example`.split(".");
    expect(DOCUMENT).toHaveProperty(pointer, expect.objectContaining({ code }));
  }
});

describe.each(OPERATIONS)("$title", ({ pointer, operation }) => {
  const { requestBody, responses } = operation as {
    requestBody?: {
      content: { "application/json": { examples: Record<string, { value: unknown }> } };
    };
    responses: Record<string, { content?: Record<string, { example: unknown }> }>;
  };

  test("its examples of a body fit its schema", () => {
    const examples = Object.values(requestBody?.content["application/json"].examples ?? {});
    for (const { value } of examples)
      expect(problems(`${pointer}/requestBody/content/application~1json/schema`, value)).toEqual(
        [],
      );
  });

  test("its examples of an answer fit their schemas", () => {
    const own = Object.entries(responses).flatMap(([status, { content }]) =>
      Object.entries(content ?? {}).map(([type, { example }]) => ({ status, type, example })),
    );
    expect(own.length).toBeGreaterThan(0);
    for (const { status, type, example } of own) {
      const schema = `${pointer}/responses/${status}/content/${type.replace("/", "~1")}/schema`;
      expect(problems(schema, example)).toEqual([]);
    }
  });
});

test("the examples are those of the reference page", () => {
  const text = JSON.stringify(DOCUMENT);
  for (const { request, response } of Object.values(EXAMPLE_CALL_LOG))
    for (const example of [request, response]) expect(text).toContain(JSON.stringify(example));
});
