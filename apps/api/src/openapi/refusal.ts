import { ERROR_CODES, type ErrorCode } from "@call-log/model";

import { RETRY_AFTER_SECONDS } from "../errors/error-reply.ts";
import { errorResponse } from "../rest/response-schemas.ts";
import type { JsonObject, SchemaBook } from "./schema-book.ts";

/** Refusals that every route has. */
const COMMON_REFUSALS: readonly ErrorCode[] = [
  "BAD_REQUEST",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "TOO_MANY_REQUESTS",
  "INTERNAL_SERVER_ERROR",
  "SERVICE_UNAVAILABLE",
];

const EXAMPLES: Readonly<Record<ErrorCode, string>> = {
  BAD_REQUEST: "limit: must be a whole number from 1 to 100",
  UNAUTHORIZED: "The ApiKey header is missing. Send your API key in it.",
  FORBIDDEN: "The ApiKey may not do this. It needs one of the permissions: …",
  NOT_FOUND: "There is no such call log in the project of this key.",
  CONFLICT: "The call is being handed to the provider; try again in a moment.",
  PAYLOAD_TOO_LARGE: "The body is too large. At most 1 MB is allowed, decompressed too.",
  UNSUPPORTED_MEDIA_TYPE: 'The body must be JSON, sent with "Content-Type: application/json".',
  UNPROCESSABLE_CONTENT: "idempotencyKey: was used before with another request",
  TOO_MANY_REQUESTS: "This key may make 6000 requests a minute. Try again in 12 seconds.",
  INTERNAL_SERVER_ERROR: "Something went wrong on our side.",
  SERVICE_UNAVAILABLE: "The database is away. Try again soon.",
};

/** The refusals of a route by HTTP status, as references. */
export function refusalsOf(own: readonly ErrorCode[]): JsonObject {
  const codes = [...COMMON_REFUSALS, ...own].toSorted((a, b) => statusOf(a) - statusOf(b));
  return Object.fromEntries(
    codes.map((code) => [statusOf(code), { $ref: `#/components/responses/${code}` }]),
  );
}

/** Every refusal by its code, for the components of the document. */
export function refusalComponents(book: SchemaBook): JsonObject {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  return Object.fromEntries(codes.map((code) => [code, refusal(code, book)]));
}

function refusal(code: ErrorCode, book: SchemaBook): JsonObject {
  const text = EXAMPLES[code];
  const requestId = "0198f2a4-2222-4000-8000-000000000002";
  const example = { error: text, message: text, code, requestId };
  return {
    description: `\`${code}\`: ${ERROR_CODES[code].description}`,
    ...(HAS_RETRY_AFTER.has(code) && { headers: { "Retry-After": RETRY_AFTER } }),
    content: { "application/json": { schema: book.output(errorResponse), example } },
  };
}

const HAS_RETRY_AFTER: ReadonlySet<ErrorCode> = new Set([
  "TOO_MANY_REQUESTS",
  "SERVICE_UNAVAILABLE",
]);

const RETRY_AFTER = {
  description: "Seconds after which it makes sense to try again",
  schema: { type: "integer", example: RETRY_AFTER_SECONDS },
};

function statusOf(code: ErrorCode): number {
  return ERROR_CODES[code].httpStatus;
}
