import formats from "ajv-formats";
import { Ajv2020 } from "ajv/dist/2020.js";

import { openApiDocument } from "../openapi/openapi-document.ts";
import type { JsonObject } from "../openapi/schema-book.ts";

/** The document that the api serves. */
export const DOCUMENT = openApiDocument();

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(DOCUMENT, "openapi");

/** Problems of a value by the schema at a pointer into the document, such as `#/components/schemas/Error`. */
export function problems(pointer: string, value: unknown): unknown[] {
  const validate = ajv.getSchema(`openapi${pointer}`);
  if (validate === undefined) throw new Error(`the document has no ${pointer}`);
  return validate(value) === true ? [] : (validate.errors ?? []);
}

/** Pointer to the schema of an answer, or undefined for a route that the document does not have. */
export function answerPointer(method: string, url: string, status: number): string | undefined {
  const path = new URL(url, "http://localhost").pathname.toLowerCase().replace(/\/$/, "");
  const template = path
    .replace(
      /^(\/api\/call-log|\/calls)\/[^/]+\/(get-item|cancel|retry|resolve|wait|events)$/,
      "$1/{id}/$2",
    )
    .replace(/^(\/webhooks|\/webhook-deliveries)\/(?!resend-failed$)[^/]+/, "$1/{id}");
  const operation = at(DOCUMENT, ["paths", template, method.toLowerCase()]);
  if (operation === undefined) return undefined;
  const answer = at(operation, ["responses", String(status)]);
  if (answer === undefined)
    throw new Error(`${method} ${template} has no ${status} in the document`);
  const escaped = template.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D");
  const own = `#/paths/${escaped}/${method.toLowerCase()}/responses/${status}`;
  const shared = answer["$ref"];
  return `${typeof shared === "string" ? shared : own}/content/application~1json/schema`;
}

function at(value: JsonObject, [key, ...rest]: string[]): JsonObject | undefined {
  const inner = value[key ?? ""] as JsonObject | undefined;
  return inner === undefined || rest.length === 0 ? inner : at(inner, rest);
}
