import type { FastifyRequest } from "fastify";

import { identityOf } from "../request/request-identity.ts";
import type { Caller } from "./rest-route.ts";

/** The procedures of the webhooks that a key is about: those of its project, or with an operator's key those of the installation. */
export function webhookProcedures(
  caller: Caller,
  request: FastifyRequest,
): Caller["webhooks"] | Caller["operator"]["webhooks"] {
  const isOperator = identityOf(request)?.scope === "installation";
  return isOperator ? caller.operator.webhooks : caller.webhooks;
}
