import { openReadableQueues, type Dispatcher } from "@call-log/dispatcher";
import type { FastifyInstance } from "fastify";

import { maskedJobData } from "./masked-job-data.ts";

/** Own server of the board, which the api hands requests to; it never listens. */
export interface QueueBoard {
  server: FastifyInstance;
  close(): Promise<void>;
}

/** What a browser may do on its pages: load what comes with it, and ask this server. It wants fonts of another host, and gets none. */
export const BOARD_HEADERS = {
  "content-security-policy":
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'self'; frame-ancestors 'none'; object-src 'none'; form-action 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
} as const;

/** Bull Board over the queues, without any of its switches, and with jobs' data masked. Its packages are loaded here, so that a start does not wait for them. */
export async function openQueueBoard(
  { queues: place }: Pick<Dispatcher, "queues">,
  basePath: string,
): Promise<QueueBoard> {
  const [{ createBullBoard }, { BullMQAdapter }, { FastifyAdapter }, { default: fastify }] =
    await Promise.all([
      import("@bull-board/api"),
      import("@bull-board/api/bullMQAdapter"),
      import("@bull-board/fastify"),
      import("fastify"),
    ]);
  const readable = openReadableQueues(place);
  const adapter = new FastifyAdapter();
  adapter.setBasePath(basePath);
  const boards = readable.queues.map((queue) => {
    const board = new BullMQAdapter(queue, { readOnlyMode: true });
    board.setFormatter("data", maskedJobData);
    board.setFormatter("name", () => queue.name);
    board.setFormatter("returnValue", () => null);
    board.setFormatter("progress", () => 0);
    return board;
  });
  createBullBoard({
    queues: boards,
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: "call-log" } },
  });
  const server = fastify({ routerOptions: { ignoreTrailingSlash: true } });
  server.addHook("onSend", async (_request, reply) => void reply.headers(BOARD_HEADERS));
  await server.register(adapter.registerPlugin(), { prefix: basePath });
  await server.ready();
  return {
    server,
    async close() {
      await server.close();
      await readable.close();
    },
  };
}
