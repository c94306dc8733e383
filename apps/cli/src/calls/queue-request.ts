import { type CallRequestInput, createCallProducer } from "@call-log/client/queue";
import { Redis } from "ioredis";

import { CliError } from "../cli-error.ts";

/** How long Redis is waited for, in milliseconds. */
const CONNECT_WITHIN_MS = 3000;

/** Put a call request on the queue of a project. */
export async function queueRequest(
  request: CallRequestInput,
  { projectId, ...place }: { projectId: string; redisUrl: string; prefix?: string },
): Promise<void> {
  await ensureRedis(place.redisUrl);
  const producer = createCallProducer(place);
  try {
    await producer.add(projectId, request);
  } finally {
    await producer.close();
  }
}

// A producer connects again and again; somebody at a keyboard wants to know at once.
async function ensureRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_WITHIN_MS,
    commandTimeout: CONNECT_WITHIN_MS,
    retryStrategy: () => null,
  });
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw new CliError("REDIS_URL: no Redis answers there; nothing was queued", { cause: error });
  } finally {
    redis.disconnect();
  }
}
