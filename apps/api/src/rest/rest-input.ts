import { CallLogError, issueText, listInput, pageParameters, quoted } from "@call-log/model";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";

import { headerValues } from "../request/header-values.ts";
import type { RestRoute } from "./rest-route.ts";

/** The body as an object; none at all is an empty one. Throws BAD_REQUEST for any other JSON. */
export function bodyOf({ body }: FastifyRequest): Record<string, unknown> {
  if (body === undefined) return {};
  if (typeof body === "object" && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new CallLogError("BAD_REQUEST", "The body must be a JSON object.");
}

/** Parameters of the address that others call by another name. */
const OTHER_NAMES: Readonly<Record<string, string>> = { offset: "use skip", page: "use skip" };

/** Throws BAD_REQUEST for a parameter of the address that the route does not know; a filter that is not read would list everything. */
export function refuseUnknownParameters(
  { query = {} }: Pick<RestRoute, "query">,
  request: FastifyRequest,
): void {
  const known = Object.keys(query);
  const given = Object.keys(request.query as object).map((name) => name.replace(/\[.*$/s, ""));
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const hint = Object.hasOwn(OTHER_NAMES, unknown) ? `: ${OTHER_NAMES[unknown]}` : "";
  const allowed = known.length === 0 ? "none" : known.join(", ");
  throw new CallLogError(
    "BAD_REQUEST",
    `there is no parameter ${quoted(unknown)} in this address${hint}; allowed: ${allowed}`,
  );
}

/** The body of a request that may carry its idempotency key as the header `Idempotency-Key`. Throws BAD_REQUEST when both differ. */
export function keyedBodyOf(request: FastifyRequest): Record<string, unknown> {
  const body = bodyOf(request);
  const [inHeader, ...more] = headerValues(request, "idempotency-key");
  if (inHeader === undefined) return body;
  if (more.length > 0) throw new CallLogError("BAD_REQUEST", "Idempotency-Key: must be sent once");
  const inBody = body["idempotencyKey"] ?? inHeader;
  if (inBody !== inHeader)
    throw new CallLogError(
      "BAD_REQUEST",
      "Idempotency-Key: is another one than the body's idempotencyKey; send one of them",
    );
  return { ...body, idempotencyKey: inHeader };
}

/** The id in the path, for the procedure to check. */
export function idOf(request: FastifyRequest): { id: string } {
  return { id: (request.params as { id: string }).id };
}

/** `skip` and `limit`: of the address, else of the body. Throws BAD_REQUEST that names a bad one, also one that does not count. */
export function pageOf(request: FastifyRequest): Record<PageParameter, number> {
  const body = bodyOf(request);
  const address = request.query as Record<string, unknown>;
  const page = PAGE_PARAMETERS.map((name) => {
    const inBody = checked(name, listInput.shape[name], body[name]);
    return [name, checked(name, pageParameters.shape[name], inAddress(name, address)) ?? inBody];
  });
  return Object.fromEntries(page) as Record<PageParameter, number>;
}

type PageParameter = keyof typeof pageParameters.shape;

const PAGE_PARAMETERS = Object.keys(pageParameters.shape) as PageParameter[];

// `limit[$gt]=1` has another name for the parser of addresses, but its sender means the limit.
function inAddress(name: PageParameter, address: Record<string, unknown>): unknown {
  const hasBrackets = Object.keys(address).some((key) => key.startsWith(`${name}[`));
  return hasBrackets ? address : address[name];
}

function checked<S extends z.ZodType>(name: PageParameter, schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CallLogError("BAD_REQUEST", issueText(parsed.error, name));
}
