import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";

import type { ApiServices } from "../api-dependencies.ts";
import { admit } from "../request/request-context.ts";
import { openQueueBoard, type QueueBoard } from "./queue-board.ts";

const PREFIX = "/queues";

/**
 * `/queues`: Bull Board, for operators. It only shows: an act there would have no line in the audit trail, and what it would do has commands
 * of its own. It is opened at the first request.
 */
export function queueBoardRoutes(services: ApiServices): FastifyPluginAsync {
  return async (server) => {
    let opening: Promise<QueueBoard> | undefined;
    server.addHook("onClose", async () => (await opening)?.close());
    const show = async (request: FastifyRequest, reply: FastifyReply) => {
      await admit(services, { request, reply, operation: "operate" });
      opening ??= openQueueBoard(services.dispatcher, PREFIX);
      const board = await opening;
      reply.hijack();
      board.server.routing(request.raw, reply.raw);
    };
    server.get("/", show);
    server.get("/*", show);
  };
}
