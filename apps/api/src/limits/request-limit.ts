import { CallLogError } from "@call-log/model";
import { callerId } from "@call-log/store";
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { identityOf } from "../request/request-identity.ts";
import type { RequestCounts } from "./request-counts.ts";

const MINUTE_MS = 60_000;

/** Limit of requests for each key. */
export interface RequestLimit {
  /** Count a request that stands for so many, and say in its headers how many are left; the refusal when none were. A request without a valid key is not counted. */
  count(
    request: FastifyRequest,
    reply: FastifyReply,
    requests?: number,
  ): Promise<CallLogError | undefined>;
  /** Count so many more of a key. */
  add(keyId: string, requests: number): void;
}

/** Limit the requests of each key; 0 is no limit, and nothing is counted. */
export async function limitRequests(
  server: FastifyInstance,
  { perMinute, counts }: { perMinute: number; counts: RequestCounts },
): Promise<RequestLimit> {
  if (perMinute === 0) return { count: async () => undefined, add: () => {} };
  await server.register(rateLimit, {
    global: false,
    max: perMinute,
    timeWindow: MINUTE_MS,
    keyGenerator: (request) => callerOf(request) ?? "",
    store: storeOn(counts),
  });
  const check = server.createRateLimit();
  return {
    async count(request, reply, requests = 1) {
      const caller = callerOf(request);
      if (caller === undefined) return undefined;
      // The plugin counts one at a time.
      if (requests > 1) counts.add(caller, requests - 1);
      const state = await check(request);
      if (state.isAllowed) return undefined;
      const { max, remaining, ttlInSeconds, isExceeded } = state;
      void reply.headers({
        "ratelimit-limit": max,
        "ratelimit-remaining": remaining,
        "ratelimit-reset": ttlInSeconds,
      });
      return isExceeded ? tooMany(max, ttlInSeconds) : undefined;
    },
    add: (keyId, requests) => void counts.add(keyId, requests),
  };
}

function tooMany(perMinute: number, retryAfterSeconds: number): CallLogError {
  return new CallLogError(
    "TOO_MANY_REQUESTS",
    `This key may make ${perMinute} requests a minute. Try again in ${retryAfterSeconds} seconds.`,
    { retryAfterSeconds },
  );
}

type Callback = (error: Error | null, result?: { current: number; ttl: number }) => void;

function storeOn(counts: RequestCounts) {
  return class {
    incr(key: string, callback: Callback): void {
      callback(null, counts.add(key, 1));
    }
    child(): this {
      return this;
    }
  };
}

const limitedAs = new WeakMap<FastifyRequest, string>();

/** Limit a request that has no key as one of this caller. */
export function limitAs(request: FastifyRequest, caller: string): void {
  limitedAs.set(request, caller);
}

// A person is limited as a key is, over all of their sessions.
function callerOf(request: FastifyRequest): string | undefined {
  const identity = identityOf(request);
  return identity === undefined ? limitedAs.get(request) : callerId(identity);
}
