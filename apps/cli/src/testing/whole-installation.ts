import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import {
  createDispatcher,
  createQueues,
  type Dispatcher,
  dispatcherSettings,
  startWorkers,
} from "@call-log/dispatcher";
import type { Project } from "@call-log/model";
import { createSimulatedProvider } from "@call-log/provider";
import { appRouter } from "@call-log/router";
import { connectStore, type Store } from "@call-log/store";
import { freshDatabase, freshRedis, suiteLog } from "@call-log/testing";
import { createHTTPServer } from "@trpc/server/adapters/standalone";

import { cliOn } from "./cli-on.ts";

/** A whole installation: database, queue, workers, and the procedures over HTTP. It sends requests to these private addresses alone. */
export async function wholeInstallation({ allowedAddresses = [] as string[] } = {}) {
  const closing: (() => unknown)[] = [];
  const cli = cliOn(await freshDatabase());
  closing.unshift(() => cli[Symbol.asyncDispose]());
  const redis = await freshRedis();
  closing.unshift(() => redis.close());
  const dataDir = await mkdtemp(path.join(tmpdir(), "call-log-cli-"));
  closing.unshift(() => rm(dataDir, { recursive: true }));
  const project = await cli.json<Project>([
    "project",
    "create",
    "--name",
    "Shop",
    "--from-number",
    "+15551112222",
  ]);
  const store = await connectStore({ uri: cli.mongodbUri });
  closing.unshift(() => store.close());
  const queues = createQueues({ redisUrl: redis.url, prefix: redis.prefix, log: suiteLog });
  closing.unshift(() => queues.close());
  const provider = createSimulatedProvider({ dataDir, speed: 100 });
  closing.unshift(() => provider.close());
  const settings = dispatcherSettings.parse({
    SWEEP_EVERY_SECONDS: 0.2,
    POLL_AFTER_SECONDS: 0.1,
    SETTLE_SECONDS: 0.1,
    PRICE_POLL_SECONDS: "0.2,0.5,1,2,4,8",
    RECORD_POLL_SECONDS: "0.2",
  });
  const dispatcher = createDispatcher({
    store,
    queues,
    providers: [provider],
    settings,
    log: suiteLog,
    allowedAddresses,
  });
  const workers = startWorkers(dispatcher);
  closing.unshift(() => workers.close());
  const url = await serveProcedures({ store, dispatcher }, closing);
  return {
    cli,
    store,
    project,
    environment: { REDIS_URL: redis.url, QUEUE_PREFIX: redis.prefix, CALL_LOG_URL: url },
    async [Symbol.asyncDispose]() {
      for (const close of closing) await close();
    },
  };
}

async function serveProcedures(
  { store, dispatcher }: { store: Store; dispatcher: Dispatcher },
  closing: (() => unknown)[],
): Promise<string> {
  const now = () => new Date();
  const services = {
    store,
    reader: store.createReader(),
    feed: store.createFeed({ now }),
    dispatcher,
    now,
    signIn: { life: { seconds: 3600, idleSeconds: 3600 }, withApiKey: true, grants: [] },
    onUnexpectedError: () => {},
  };
  const server = createHTTPServer({
    router: appRouter,
    basePath: "/trpc/",
    allowMethodOverride: true,
    createContext: ({ req }) => ({
      ...services,
      apiKeys: [String(req.headers["apikey"])],
      requestId: "1",
    }),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.unshift(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
