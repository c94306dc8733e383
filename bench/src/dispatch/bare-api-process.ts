import { randomUUID } from "node:crypto";

import { fastify } from "fastify";

import { answerQuestions } from "../node-process.ts";
import type { InstantEvent } from "./instant-call.ts";
import { carrierLine } from "./instant-provider.ts";
import { type LeastRequest, openLeast } from "./least-store.ts";
import { ownOptions } from "./process-options.ts";

// The durable writes and the HTTP requests of a call, each in the request that it comes with, and nothing else: no queue, no key, no checks.
const { port, mongodbUri, carrierPort, publicUrl } = ownOptions();
const writes = openLeast(mongodbUri);
const carrier = carrierLine(carrierPort);
const server = fastify();

server.post<{ Body: LeastRequest }>("/api/call-log", async ({ body }, reply) => {
  const call = await writes.insert(body);
  const { _id } = call;
  await writes.claim(_id);
  const providerCallId = randomUUID();
  carrier.tell({ providerCallId, url: `${publicUrl}/events/${_id}` });
  await writes.answer(_id, providerCallId);
  return reply.code(202).send(call);
});

server.post<{ Params: { id: string }; Body: InstantEvent }>(
  "/events/:id",
  async ({ params: { id }, body: event }, reply) => {
    await writes.record(id, event);
    return reply.code(204).send();
  },
);

await server.listen({ port, host: "127.0.0.1" });
process.once("SIGTERM", () => {
  carrier.close();
  void server.close().then(async () => {
    await writes.close();
    process.exit();
  });
});
answerQuestions(async () => "ready");
