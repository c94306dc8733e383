import { Queue } from "bullmq";
import { fastify } from "fastify";
import { Redis } from "ioredis";

import { answerQuestions } from "../node-process.ts";
import type { InstantEvent } from "./instant-call.ts";
import { type LeastRequest, openLeast } from "./least-store.ts";
import { ownOptions } from "./process-options.ts";

// The least that a dispatcher behind HTTP can be: one insert and one job for a call, one job for an event. No key, no checks.
const { port, mongodbUri, redisUrl, queuePrefix: prefix } = ownOptions();
const writes = openLeast(mongodbUri);
const connection = new Redis(redisUrl);
const dispatch = new Queue("least-dispatch", { connection, prefix });
const events = new Queue("least-events", { connection, prefix });
const server = fastify();

server.post<{ Body: LeastRequest }>("/api/call-log", async ({ body }, reply) => {
  const call = await writes.insert(body);
  const { _id } = call;
  await dispatch.add("call", { _id }, { jobId: _id, removeOnComplete: true });
  return reply.code(202).send(call);
});

server.post<{ Params: { id: string }; Body: InstantEvent }>(
  "/events/:id",
  async ({ params: { id: _id }, body: event }, reply) => {
    await events.add("event", { _id, event }, { removeOnComplete: true });
    return reply.code(204).send();
  },
);

await server.listen({ port, host: "127.0.0.1" });
process.once("SIGTERM", () => {
  void server.close().then(async () => {
    await writes.close();
    process.exit();
  });
});
answerQuestions(async () => "ready");
