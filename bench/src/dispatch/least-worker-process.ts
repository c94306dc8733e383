import { randomUUID } from "node:crypto";

import { Worker } from "bullmq";
import { Redis } from "ioredis";

import { answerQuestions } from "../node-process.ts";
import type { InstantEvent } from "./instant-call.ts";
import { carrierLine } from "./instant-provider.ts";
import { openLeast, statusAfter, STATUSES } from "./least-store.ts";
import { ownOptions } from "./process-options.ts";

// The minimal writes: the claim, the answer, and one for each event.
const options = ownOptions();
const { mongodbUri, redisUrl, queuePrefix: prefix, publicUrl, carrierPort } = options;
const { calls, client } = openLeast(mongodbUri);
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
const carrier = carrierLine(carrierPort);

const dispatch = new Worker<{ _id: string }>(
  "least-dispatch",
  async ({ data: { _id } }) => {
    const claim = { $set: { status: STATUSES.dialing, claimedAt: new Date() } };
    const claimed = await calls.findOneAndUpdate({ _id, status: STATUSES.queued }, claim);
    if (claimed === null) return;
    const providerCallId = randomUUID();
    carrier.tell({ providerCallId, url: `${publicUrl}/events/${_id}` });
    await calls.updateOne({ _id }, { $set: { providerCallId } });
  },
  { connection, prefix, concurrency: options.dispatchConcurrency },
);

const events = new Worker<{ _id: string; event: InstantEvent }>(
  "least-events",
  async ({ data: { _id, event } }) => {
    const change = { $max: { status: statusAfter(event) }, $push: { events: event } };
    await calls.updateOne({ _id }, change);
  },
  { connection, prefix, concurrency: options.eventConcurrency },
);

process.once("SIGTERM", () => {
  void Promise.all([dispatch.close(), events.close()]).then(async () => {
    await client.close();
    process.exit();
  });
});
answerQuestions(async () => "ready");
