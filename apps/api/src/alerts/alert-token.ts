import {
  ALERT_SOURCE_KIND_NAMES,
  type AlertSource,
  CallLogError,
  isAlertSourceKind,
} from "@call-log/model";
import type { FastifyRequest } from "fastify";

import type { ApiServices } from "../api-dependencies.ts";
import { limitAs } from "../limits/request-limit.ts";

const NOT_VALID =
  "The token is not valid: unknown, replaced or deleted. Copy the address of the source again; `call-log alert-sources rotate-token` makes a new one.";

/** The source that a token belongs to, whose requests are counted from here on. UNAUTHORIZED for a token that is not valid, NOT_FOUND for one of another kind of source. */
export async function sourceOf(
  { store, failedKeys }: Pick<ApiServices, "store" | "failedKeys">,
  request: FastifyRequest,
  { kind, token }: { kind: string; token: string | undefined },
): Promise<AlertSource> {
  if (!isAlertSourceKind(kind))
    throw new CallLogError(
      "NOT_FOUND",
      `There is no such kind of alert source; known: ${ALERT_SOURCE_KIND_NAMES.join(", ")}.`,
    );
  if (token === undefined || token === "")
    throw new CallLogError(
      "UNAUTHORIZED",
      "The token is missing: it belongs at the end of the address, or into an Authorization header (Bearer, or the password of Basic).",
    );
  const guard = failedKeys.guardOf(request.ip);
  guard.check(token);
  const source = await store.alertSources.authenticate(token);
  guard.note(token, source !== undefined);
  if (source === undefined) throw new CallLogError("UNAUTHORIZED", NOT_VALID);
  if (source.kind !== kind)
    throw new CallLogError(
      "NOT_FOUND",
      `This token is of a source of the kind ${source.kind}; its address begins with /in/${source.kind}/.`,
    );
  limitAs(request, `alert-source:${source._id}`);
  return source;
}

/** The token of an Authorization header: a bearer token, or the password of basic authentication. */
export function headerToken({ headers }: Pick<FastifyRequest, "headers">): string | undefined {
  const [scheme = "", value = ""] = (headers.authorization ?? "").trim().split(/\s+/);
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return undefined;
  const [, ...password] = Buffer.from(value, "base64").toString().split(":");
  return password.join(":");
}
