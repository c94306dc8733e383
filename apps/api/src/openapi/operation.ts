import { itemInput } from "@call-log/model";

import { permissionsOf, type RestResponse, type RestRoute } from "../rest/rest-route.ts";
import { refusalsOf } from "./refusal.ts";
import type { JsonObject, SchemaBook } from "./schema-book.ts";

/** The tag of a route in the OpenAPI document. */
export const TAGS: Readonly<Record<RestRoute["operation"], string>> = {
  read: "Reading the call log",
  dispatch: "Placing calls",
  administer: "Administration",
  operate: "Operating the installation",
};

/** The headings with what is under them, in the order of the documentation. */
export const REST_TAGS: readonly { name: string; description: string }[] = [
  { name: TAGS.read, description: "Lists, single call logs and counts" },
  { name: TAGS.dispatch, description: "Requests for calls, and acts on a call" },
  { name: TAGS.administer, description: "What an owner or admin of a project may read" },
  { name: TAGS.operate, description: "What an operator of the installation may read" },
];

/** Path of a route in a document: `/api/call-log/{id}/get-item`. */
export function pathOf({ path }: RestRoute): string {
  return path.replaceAll(/:(\w+)/g, "{$1}");
}

/** A route's operations by method, in lower case. */
export function operationsOf(route: RestRoute, book: SchemaBook): JsonObject {
  const [main] = route.methods;
  return Object.fromEntries(
    route.methods.map((method) => [
      method.toLowerCase(),
      method === main ? operation(route, book) : secondary(route, book),
    ]),
  );
}

function operation(route: RestRoute, book: SchemaBook): JsonObject {
  const { name, summary, description, body } = route;
  const permissions = permissionsOf(route).join(", ");
  return {
    operationId: name,
    tags: [TAGS[route.operation]],
    summary,
    description: `${description}\n\nThe key needs one of the permissions: ${permissions}.`,
    parameters: parametersOf(route, book),
    ...(body && { requestBody: requestBody(body, book) }),
    responses: responsesOf(route, book),
  };
}

function requestBody(body: NonNullable<RestRoute["body"]>, book: SchemaBook): JsonObject {
  const examples = Object.entries(body.examples).map(([title, value], index) => [
    `example${index + 1}`,
    { summary: title, value },
  ]);
  const schema = book.input(body.schema);
  return {
    required: body.required,
    content: { "application/json": { schema, examples: Object.fromEntries(examples) } },
  };
}

function secondary(route: RestRoute, book: SchemaBook): JsonObject {
  const { requestBody: _body, ...main } = operation(route, book);
  return {
    ...main,
    operationId: `${route.name}WithGet`,
    summary: `${route.summary}, with GET`,
    description: "The same as with POST, for clients that prefer it. A body is heard here too.",
  };
}

function parametersOf(
  { path, id = itemInput.shape.id, query = {}, headers = {} }: RestRoute,
  book: SchemaBook,
): JsonObject[] {
  const inPath = path.includes(":id")
    ? [{ name: "id", in: "path", required: true, ...described(book.input(id)) }]
    : [];
  const inQuery = Object.entries(query).map(([name, schema]) => ({
    name,
    in: "query",
    ...described(book.input(schema)),
  }));
  const inHeader = Object.entries(headers).map(([name, schema]) => ({
    name,
    in: "header",
    ...described(book.input(schema)),
  }));
  return [...inPath, ...inQuery, ...inHeader];
}

function described({ description, ...schema }: JsonObject): JsonObject {
  return { ...(description !== undefined && { description }), schema };
}

function responsesOf({ answers, refusals }: RestRoute, book: SchemaBook): JsonObject {
  const success = Object.entries(answers).map(([status, answer]) => [
    status,
    response(answer, book),
  ]);
  return { ...Object.fromEntries(success), ...refusalsOf(refusals) };
}

function response(answer: RestResponse, book: SchemaBook): JsonObject {
  const { description, mediaType = "application/json", schema, example, headers = {} } = answer;
  const documented = Object.entries(headers).map(([name, header]) => [
    name,
    described(book.output(header)),
  ]);
  return {
    description,
    ...(documented.length > 0 && { headers: Object.fromEntries(documented) }),
    ...(schema && { content: { [mediaType]: { schema: book.output(schema), example } } }),
  };
}
