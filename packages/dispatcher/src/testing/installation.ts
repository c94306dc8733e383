import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  CALLBACK_KINDS,
  createSimulatedProvider,
  readLedger,
  type CallbackKind,
  type CallbackPost,
  type Provider,
} from "@call-log/provider";
import { connectStore, type Store } from "@call-log/store";
import { suiteLog } from "@call-log/testing";

import { createDispatcher, type Dispatcher } from "../dispatcher.ts";
import { createQueues } from "../queues/queues.ts";
import { startWorkers } from "../queues/workers.ts";
import { QUICK, someSettings } from "./a-call.ts";

/** A database, a Redis and a simulated carrier of a test's own. */
export interface Installation {
  store: Store;
  mongo: { uri: string; databaseName: string };
  redis: { url: string; prefix: string };
  dataDir: string;
  projectId: string;
  /** A dispatcher over them; with callbacks from the carrier, or followed by polling alone. */
  dispatcher(options?: DispatcherParts): Dispatcher;
  /** Start workers that are closed with the installation. */
  work(dispatcher: Dispatcher): { close(): Promise<void> };
  /** Every call that the carrier placed. */
  ledger(): ReturnType<typeof readLedger>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What may be different about a dispatcher of an installation. */
export interface DispatcherParts {
  redisUrl?: string;
  env?: Record<string, string>;
  hasCallbacks?: boolean;
  /** The carrier is given addresses at which nobody is. */
  losesCallbacks?: boolean;
  maxDispatchJobs?: number;
  /** Addresses that webhooks may go to. */
  allowedAddresses?: string[];
}

/** Carrier's seconds in one of ours. */
const SPEED = 60;

/** A database and a Redis of a test's own, as `freshDatabase` and `freshRedis` give them. */
export interface FreshServers {
  mongo: { uri: string; databaseName: string; close(): Promise<void> };
  redis: { url: string; prefix: string; close(): Promise<void> };
}

/** Set up an installation on these servers, which it closes with itself. */
export async function createInstallation({ mongo, redis }: FreshServers): Promise<Installation> {
  const store = await connectStore({ uri: mongo.uri, databaseName: mongo.databaseName });
  const dataDir = await mkdtemp(join(tmpdir(), "call-log-dispatcher-"));
  const project = await store.projects.create({ name: "Shop", fromNumbers: ["+15551112222"] });
  const opened: { close(): Promise<void> }[] = [];
  const remember = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.push(one);
    return one;
  };

  function dispatcher(parts: DispatcherParts = {}): Dispatcher {
    const { redisUrl = redis.url, env = {}, hasCallbacks = false, losesCallbacks = false } = parts;
    const { maxDispatchJobs, allowedAddresses = [] } = parts;
    const bound = maxDispatchJobs === undefined ? {} : { maxDispatchJobs };
    const carrier: Provider = remember(
      createSimulatedProvider({
        dataDir,
        speed: SPEED,
        deliver: async (post) => (losesCallbacks ? 502 : takeCallback(carrier, made, post)),
      }),
    );
    const queues = remember(
      createQueues({ redisUrl, prefix: redis.prefix, log: suiteLog, ...bound }),
    );
    const made: Dispatcher = createDispatcher({
      store,
      queues,
      providers: [carrier],
      settings: someSettings({ ...QUICK, ...env }),
      log: suiteLog,
      allowedAddresses,
      ...((hasCallbacks || losesCallbacks) && {
        callbackUrlsFor: ({ attemptId }) => addresses(attemptId),
      }),
    });
    return made;
  }

  return {
    store,
    mongo,
    redis,
    dataDir,
    projectId: project._id,
    dispatcher,
    work: (one) => remember(startWorkers(one)),
    ledger: () => readLedger(dataDir),
    async [Symbol.asyncDispose]() {
      for (const one of opened.toReversed()) await one.close();
      await store.close();
      await redis.close();
      await mongo.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

function addresses(attemptId: string): Record<CallbackKind, string> {
  const entries = CALLBACK_KINDS.map((kind) => [kind, `http://127.0.0.1/${attemptId}/${kind}`]);
  return Object.fromEntries(entries) as Record<CallbackKind, string>;
}

// What the api does with a callback: read it, put its events on the queue, answer.
async function takeCallback(
  carrier: Provider,
  dispatcher: Dispatcher,
  { url, headers, body }: CallbackPost,
): Promise<number> {
  const [, attemptId = "", kind = ""] = new URL(url).pathname.split("/");
  const request = {
    kind: kind as CallbackKind,
    attemptId,
    url,
    headers,
    rawBody: Buffer.from(body),
  };
  const reading = carrier.readCallback(request);
  if (reading === undefined) return 403;
  await dispatcher.queues.addEvents(reading.events);
  return 200;
}
