import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

import type { FastifyInstance } from "fastify";

/** The header that names a request, of the request and of its answer. */
export const REQUEST_ID_HEADER = "x-request-id";

/** An id that is taken over: short, of safe characters, and with a letter, so that it is no phone number. */
const WELL_FORMED = /^(?=.*[A-Za-z])[\w.-]{1,64}$/;

/** The id of a request: that of its `X-Request-Id` where it is well formed, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === "string" && WELL_FORMED.test(given) ? given : randomUUID();
}

/** Say in every answer which request it answers. */
export function answerRequestIds(server: FastifyInstance): void {
  server.addHook("onRequest", async (request, reply) => {
    void reply.header(REQUEST_ID_HEADER, request.id);
  });
}
