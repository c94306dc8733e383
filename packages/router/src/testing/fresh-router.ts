import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import {
  createDispatcher,
  createQueues,
  type Dispatcher,
  dispatcherSettings,
} from "@call-log/dispatcher";
import { type CallRecord, isOfInstallation, type Permission } from "@call-log/model";
import { createSimulatedProvider } from "@call-log/provider";
import { connectStore, type NewApiKey, type Store, type StoreOptions } from "@call-log/store";
import { callRecord, freshDatabase, freshRedis, suiteLog } from "@call-log/testing";

import { createCaller } from "../app-router.ts";
import type { RouterContext } from "../context.ts";

/** Streams look for changes so often here. */
const LOOK_EVERY_MS = 20;

/** The procedures on a database and a queue of a test's own, with two projects. */
export interface FreshRouter {
  store: Store;
  dispatcher: Dispatcher;
  projectId: string;
  otherProjectId: string;
  /** Errors that were not the caller's fault, by their text. */
  unexpected: string[];
  /** The procedures, asked with a new key of the project, or of the installation, that has these permissions; an owner's without. */
  caller(options?: CallerOptions): Promise<Caller>;
  /** A new key of the project; of the installation for Operator. */
  keyWith(permissions: Permission[]): Promise<{ id: string; key: string }>;
  /** Write call logs of the project, as they are. */
  keep(...records: Parameters<typeof callRecord>[0][]): Promise<CallRecord[]>;
  /** The store of another process on the same data; close it. */
  storeWith(options: Partial<StoreOptions>): Promise<Store>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The procedures, called in process. */
export type Caller = ReturnType<typeof createCaller>;

/** Who asks, and what may be different about the context. */
export interface CallerOptions extends Partial<RouterContext> {
  permissions?: Permission[];
  /** Ends what goes on. */
  signal?: AbortSignal;
}

function newKey(projectId: string, permissions: Permission[]): NewApiKey {
  return permissions.some(isOfInstallation) ? { permissions } : { projectId, permissions };
}

const SIGN_IN: RouterContext["signIn"] = {
  life: { seconds: 3600, idleSeconds: 3600 },
  withApiKey: true,
  grants: [],
};

/** Set up the procedures for a file of tests; dispose of it afterwards. */
export async function freshRouter(): Promise<FreshRouter> {
  const [database, redis] = await Promise.all([freshDatabase(), freshRedis()]);
  const dataDir = await mkdtemp(path.join(tmpdir(), "call-log-router-"));
  const provider = createSimulatedProvider({ dataDir });
  const { uri, databaseName } = database;
  const store = await connectStore({ uri, databaseName });
  const queues = createQueues({ redisUrl: redis.url, prefix: redis.prefix, log: suiteLog });
  const settings = dispatcherSettings.parse({});
  const providers = [provider];
  const dispatcher = createDispatcher({ store, queues, providers, settings, log: suiteLog });
  const [mine, other] = await Promise.all(
    [
      { name: "Shop", fromNumbers: ["+15551112222"] },
      { name: "Other", fromNumbers: ["+15553334444"] },
    ].map((project) => store.projects.create(project)),
  );
  const projectId = mine!._id;
  const keyWith = (permissions: Permission[]) => store.keys.create(newKey(projectId, permissions));
  const unexpected: string[] = [];
  const now = () => new Date();
  const feed = store.createFeed({ now, everyMs: LOOK_EVERY_MS });
  return {
    store,
    dispatcher,
    projectId,
    otherProjectId: other!._id,
    unexpected,
    keyWith,
    async caller({ permissions = ["Project Owner"], signal, ...overrides }: CallerOptions = {}) {
      const { key } = await keyWith(permissions);
      const context: RouterContext = {
        store,
        reader: store.createReader(),
        feed,
        dispatcher,
        now,
        signIn: SIGN_IN,
        onUnexpectedError: ({ message }) => void unexpected.push(message),
        apiKeys: [key],
        requestId: "request",
        ...overrides,
      };
      return createCaller(context, signal === undefined ? {} : { signal });
    },
    async keep(...overrides) {
      const records = overrides.map((one) => callRecord({ projectId, ...one }));
      if (records.length > 0) await store.calls.insertMany(records);
      return records;
    },
    storeWith: (options) => connectStore({ uri, databaseName, ...options }),
    async [Symbol.asyncDispose]() {
      feed.close();
      for (const part of [queues, provider, store]) await part.close();
      await rm(dataDir, { recursive: true });
      await redis.close();
      await database.close();
    },
  };
}
