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
import { closingStack, type ClosingStack, createLogger, deriveSecrets } from "@call-log/runtime";
import { connectStore, type Store } from "@call-log/store";
import { callRecord, freshDatabase, freshRedis, suiteLines, suiteLog } from "@call-log/testing";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";

import type { ApiDependencies } from "../api-dependencies.ts";
import { buildServer } from "../server.ts";
import { answerPointer, problems } from "./documented-responses.ts";

/** The api on a database and a queue of a test's own, with two projects and an owner's key for each. */
export interface FreshApi {
  server: FastifyInstance;
  dependencies: ApiDependencies;
  store: Store;
  projectId: string;
  otherProjectId: string;
  /** Key of the project's owner. */
  key: string;
  /** Key of the other project's owner. */
  otherKey: string;
  /** A new key of the project; of the installation for Operator. */
  keyWith(permissions: Permission[], expiresAt?: Date): Promise<{ id: string; key: string }>;
  /** Write call logs of the project, as they are. */
  keep(...records: Parameters<typeof callRecord>[0][]): Promise<CallRecord[]>;
  /** Send a request, with the owner's key by default. Responses of the REST API are checked against the OpenAPI document. */
  ask(method: string, url: string, options?: AskOptions): Promise<Answer>;
  /** A dispatcher on the same data with the queues of another Redis. */
  dispatcherOn(redisUrl: string): Dispatcher;
  /** Another server on the same data. */
  serverWith(overrides: Partial<ApiDependencies>): Promise<FastifyInstance>;
  /** The store of another process on the same data, with a clock of its own for what it remembers. */
  anotherStore(elapsedMs: () => number): Promise<Store>;
  /** Let the server listen; its address. */
  listen(): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What to send along. */
export interface AskOptions {
  /** Sent as JSON; text as it is. */
  body?: unknown;
  /** Null sends none. */
  key?: string | null;
  headers?: Record<string, string>;
  /** @defaultValue the server of the fixture */
  server?: FastifyInstance;
}

/** What came back. */
export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: Record<string, unknown>;
  text: string;
}

/** Start the api for a file of tests; dispose of it afterwards. */
export async function freshApi(): Promise<FreshApi> {
  const closing = closingStack();
  const { uri, databaseName, redis, provider, store } = await startBackends(closing);
  const settings = dispatcherSettings.parse({});
  const dispatcherOn = (redisUrl: string) => {
    const queues = closing.add(createQueues({ redisUrl, prefix: redis.prefix, log: suiteLog }));
    return createDispatcher({ store, queues, providers: [provider], settings, log: suiteLog });
  };
  const dispatcher = dispatcherOn(redis.url);
  const feedOf = () => store.createFeed({ now: () => new Date(), everyMs: 20 });
  const dependencies: ApiDependencies = {
    store,
    feed: feedOf(),
    reader: store.createReader(),
    dispatcher,
    now: () => new Date(),
    signIn: { life: { seconds: 12 * 3600, idleSeconds: 4 * 3600 }, withApiKey: true, grants: [] },
    providers: dispatcher.context.providers,
    callbackBaseOf: () => "http://127.0.0.1:3000",
    secrets: deriveSecrets([{ master: "master secret of the tests" }]),
    log: createLogger({ role: "api", level: "debug", to: suiteLines }),
  };
  const serverWith = async (overrides: Partial<ApiDependencies>) => {
    return closing.add(await buildServer({ ...dependencies, feed: feedOf(), ...overrides }));
  };
  const server = await serverWith({});
  const [mine, other] = await Promise.all(["Shop", "Other"].map((name) => owner(store, name)));
  const { projectId, key } = mine!;
  return {
    server,
    dependencies,
    store,
    projectId,
    key,
    otherProjectId: other!.projectId,
    otherKey: other!.key,
    keyWith: (permissions, expiresAt) =>
      store.keys.create({
        ...(!permissions.some(isOfInstallation) && { projectId }),
        permissions,
        ...(expiresAt && { expiresAt }),
      }),
    keep: (...overrides) => keep(store, projectId, overrides),
    async ask(method, url, options = {}) {
      const request = requestOf({ method, url, key, ...options });
      return documented(method, url, answerOf(await (options.server ?? server).inject(request)));
    },
    dispatcherOn,
    serverWith,
    anotherStore: async (elapsedMs) =>
      closing.add(await connectStore({ uri, databaseName, elapsedMs })),
    listen: () => server.listen({ host: "127.0.0.1", port: 0 }),
    [Symbol.asyncDispose]: () => closing.close(),
  };
}

async function keep(store: Store, projectId: string, overrides: Parameters<FreshApi["keep"]>) {
  const records = overrides.map((one) => callRecord({ projectId, ...one }));
  if (records.length > 0) await store.calls.insertMany(records);
  return records;
}

async function startBackends(closing: ClosingStack) {
  const { uri, databaseName } = closing.add(await freshDatabase());
  const redis = closing.add(await freshRedis());
  const dataDir = await mkdtemp(path.join(tmpdir(), "call-log-api-"));
  closing.add({ close: () => rm(dataDir, { recursive: true }) });
  const provider = closing.add(createSimulatedProvider({ dataDir }));
  const store = closing.add(await connectStore({ uri, databaseName }));
  return { uri, databaseName, redis, provider, store };
}

function requestOf(request: AskOptions & { method: string; url: string }): InjectOptions {
  const { method, url, body, key, headers = {} } = request;
  const payload = typeof body === "string" ? body : JSON.stringify(body);
  return {
    method: method as "GET",
    url,
    headers: {
      ...(typeof key === "string" && { ApiKey: key }),
      ...(payload !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(payload !== undefined && { payload }),
  };
}

function answerOf({ statusCode, headers, payload }: LightMyRequestResponse): Answer {
  return { status: statusCode, headers, text: payload, body: JSON.parse(payload) };
}

function documented(method: string, url: string, answer: Answer): Answer {
  if (!URL.canParse(url, "http://localhost")) return answer;
  const pointer = answerPointer(method, url, answer.status);
  const found = pointer === undefined ? [] : problems(pointer, answer.body);
  if (found.length > 0) throw new Error(`${method} ${url}: ${JSON.stringify(found)}`);
  return answer;
}

async function owner(store: Store, name: string) {
  const fromNumbers = [name === "Shop" ? "+15551112222" : "+15553334444"];
  const project = await store.projects.create({ name, fromNumbers });
  const { key } = await store.keys.create({
    projectId: project._id,
    permissions: ["Project Owner"],
  });
  return { projectId: project._id, key };
}
