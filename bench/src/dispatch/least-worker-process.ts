import { randomUUID } from "node:crypto";

import { Worker } from "bullmq";
import { Redis } from "ioredis";

import { answerQuestions } from "../node-process.ts";
import type { InstantEvent } from "./instant-call.ts";
import { carrierLine } from "./instant-provider.ts";
import { openLeast } from "./least-store.ts";
import { ownOptions } from "./process-options.ts";

const options = ownOptions();
const { mongodbUri, redisUrl, queuePrefix: prefix, publicUrl, carrierPort } = options;
const writes = openLeast(mongodbUri);
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
const carrier = carrierLine(carrierPort);

const dispatch = new Worker<{ _id: string }>(
  "least-dispatch",
  async ({ data: { _id } }) => {
    if (!(await writes.claim(_id))) return;
    const providerCallId = randomUUID();
    carrier.tell({ providerCallId, url: `${publicUrl}/events/${_id}` });
    await writes.answer(_id, providerCallId);
  },
  { connection, prefix, concurrency: options.dispatchConcurrency },
);

const events = new Worker<{ _id: string; event: InstantEvent }>(
  "least-events",
  ({ data: { _id, event } }) => writes.record(_id, event),
  { connection, prefix, concurrency: options.eventConcurrency },
);

process.once("SIGTERM", () => {
  void Promise.all([dispatch.close(), events.close()]).then(async () => {
    await writes.close();
    process.exit();
  });
});
answerQuestions(async () => "ready");
