import { CallLogError, pageParameters } from "@call-log/model";
import type { FastifyRequest } from "fastify";

/** The body as an object; none at all is an empty one. Throws BAD_REQUEST for any other JSON. */
export function bodyOf({ body }: FastifyRequest): Record<string, unknown> {
  if (body === undefined) return {};
  if (typeof body === "object" && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new CallLogError("BAD_REQUEST", "The body must be a JSON object.");
}

/** The id in the path, for the procedure to check. */
export function idOf(request: FastifyRequest): { id: string } {
  return { id: (request.params as { id: string }).id };
}

/** `skip` and `limit` of the address, which win over those of the body. Throws BAD_REQUEST that names the bad one. */
export function pageOf(request: FastifyRequest): Partial<Record<PageParameter, number>> {
  const given = request.query as Record<string, unknown>;
  const page = PAGE_PARAMETERS.map((name) => [name, parsePageParameter(name, given)] as const);
  return Object.fromEntries(page.filter(([, value]) => value !== undefined));
}

type PageParameter = keyof typeof pageParameters.shape;

const PAGE_PARAMETERS = Object.keys(pageParameters.shape) as PageParameter[];

// `limit[$gt]=1` is another name to the parser of addresses, and meant as a limit by whoever sends it.
function parsePageParameter(name: PageParameter, given: Record<string, unknown>) {
  const inBrackets = Object.keys(given).some((key) => key.startsWith(`${name}[`));
  const parsed = pageParameters.shape[name].safeParse(inBrackets ? given : given[name]);
  if (parsed.success) return parsed.data;
  throw new CallLogError("BAD_REQUEST", `${name}: ${parsed.error.issues[0]?.message}`);
}
