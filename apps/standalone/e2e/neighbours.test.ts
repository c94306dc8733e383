import { once } from "node:events";
import { connect, type Socket } from "node:net";

import type { CallRequestInput } from "@call-log/client";
import type { Attempt } from "@call-log/model";
import { readLedger } from "@call-log/provider";
import { connectStore, type Store } from "@call-log/store";
import { waitFor } from "@call-log/testing";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";

import { freshFolder, pathWithoutRedis, startProcess } from "./standalone-process.ts";

const KEY = "bootstrap-key-of-the-test";
/** Numbers of the simulated provider: answered; refused for the account; refused for the from-number; throttled always; answered late, with a lost answer. */
const ANSWERED = "+15550100100";
const ACCOUNT = "+15550100122";
const FROM_NUMBER = "+15550100123";
const THROTTLED = "+15550100131";
const LOST = "+15550100142";
/**
 * Calls that may be placed between a request of A and its call: those under way, and what is placed while the request
 * is accepted. A low call of B itself comes after 75 and more.
 */
const MOST_BEFORE = 50;
/** By how much more than usual a neighbour may delay a call, in milliseconds; a busy machine alone takes seconds. */
const MOST_DELAY_MS = 10_000;
/** Of so many calls the fastest counts: a busy machine delays some, a neighbour all. */
const CALLS_OF_A = 3;
/** Limits that can be reached in seconds. */
const LIMITS = {
  REQUESTS_PER_MINUTE: "2000",
  MAX_CONNECTIONS: "400",
  LIVE_STREAMS_PER_KEY: "20",
  LIVE_STREAMS: "100",
  FAILED_KEYS_PER_MINUTE: "10",
};

/** What the neighbour has. */
interface Neighbour {
  url: string;
  store: Store;
  projectId: string;
  key: string;
  redis: { url: string };
}

/** Does what it can against the others, and undoes what its own keys would undo. */
type Misbehaviour = (b: Neighbour) => Promise<void | (() => unknown)>;

/** Every way that was found. */
const MISBEHAVIOURS: Readonly<Record<string, Misbehaviour>> = {
  "calls that every provider refuses, for the account and for the number": async (b) => {
    const sent = [ACCOUNT, FROM_NUMBER].flatMap((toNumber) => many(10, { toNumber }));
    const ids = await dispatched(b, sent);
    await waitFor(
      async () => {
        const attempts = (await Promise.all(ids.map((id) => attemptsOf(b, id)))).flat();
        const classes = attempts.map(({ errorClass }) => errorClass);
        return classes.includes("account") && classes.includes("fromNumber");
      },
      { describe: "both refusals" },
    );
  },
  "acts on the installation": async (b) => {
    for (const [path, input] of Object.entries(FORBIDDEN))
      expect((await act(b, path, input)).status).toBe(403);
  },
  "a thousand calls at once": async (b) => void (await dispatched(b, many(1000, {}))),
  "two hundred emergencies at once": async (b) =>
    void (await dispatched(b, many(200, { priority: "emergency" }))),
  "calls that are throttled, or whose answers are lost": async (b) =>
    void (await dispatched(
      b,
      [THROTTLED, LOST].flatMap((toNumber) => many(100, { toNumber })),
    )),
  "a thousand calls to one number, that wait for each other": async (b) => {
    await ok(act(b, "projects.update", { calleeLimits: [{ calls: 1, seconds: 3600 }] }));
    await dispatched(b, many(1000, { toNumber: ANSWERED }));
    return () => act(b, "projects.update", { calleeLimits: null });
  },
  "three hundred calls that a budget holds": async (b) => {
    await ok(act(b, "projects.update", { budget: { perDayUSD: "1.00" } }));
    await dispatched(b, many(300, { toNumber: LOST }));
    return () => act(b, "projects.update", { budget: null });
  },
  "five hundred calls that are overdue at once, when its pause ends": async (b) => {
    await ok(act(b, "projects.pause", { reason: "a test" }));
    await dispatched(b, many(500, {}));
    await ok(act(b, "projects.resume", undefined));
  },
  "an operator who pauses it": async (b) => {
    await b.store.projects.pause(b.projectId, "a test", undefined);
    await dispatched(b, many(300, {}));
    return () => b.store.projects.resume(b.projectId);
  },
  "jobs on the queue that are not valid": async (b) => {
    const connection = new Redis(b.redis.url, { maxRetriesPerRequest: null });
    const queue = new Queue("call-requests", { connection });
    const bad = { projectId: b.projectId, request: { toNumber: "x", say: "" } };
    await queue.addBulk(Array.from({ length: 200 }, () => ({ name: "x", data: bad })));
    return async () => {
      await queue.close();
      connection.disconnect();
    };
  },
  "requests until its key is limited": async (b) => {
    const requests = many(900, { toNumber: "x" });
    // The minute that is counted may end between any two of them.
    while ((await act(b, "calls.dispatchMany", { requests })).status !== 429);
  },
  "keys that are not valid": async (b) => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => act({ ...b, key: `wrong-${index}` }, "keys.list")),
    );
    expect(answers.map(({ status }) => status)).toContain(429);
  },
  "as many live streams as it gets": async (b) => {
    const abort = new AbortController();
    const { signal } = abort;
    const headers = { ApiKey: b.key };
    const open = Array.from({ length: 40 }, () =>
      fetch(`${b.url}/trpc/callLog.live?input={}`, { headers, signal }),
    );
    await Promise.all(open);
    return () => abort.abort();
  },
  "all connections that it gets, with requests that trickle": async ({ url }) => {
    const sockets = await Promise.all(Array.from({ length: 500 }, () => trickling(new URL(url))));
    return () => sockets.forEach((socket) => socket.destroy());
  },
  "searches and sums over all that it has": async (b) => {
    const toNumber = { _type: "Search", value: "1" };
    const search = { query: { toNumber }, sort: { callCostInUSDCents: "ASC" } };
    const asked = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? ask(b, "callLog.getList", search)
        : ask(b, "callLog.stats", { query: {}, by: ["status", "country"] }),
    );
    return () => Promise.all(asked);
  },
};

/** Acts on the installation, by procedure. */
const FORBIDDEN = {
  "system.pauseProvider": { name: "simulated", reason: "mine" },
  "system.resumeProvider": { name: "simulated" },
  "numbers.takeBack": { number: "+15550001111" },
  "operator.projects.pause": { id: "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e", reason: "mine" },
};

let folder: Awaited<ReturnType<typeof freshFolder>>;
let product: ReturnType<typeof startProcess>;
let store: Store;
let b: Neighbour;
let usual: number;

beforeAll(async () => {
  folder = await freshFolder();
  // The Redis in the process is the one that is kept busy most easily.
  const settings = { PATH: pathWithoutRedis(), BOOTSTRAP_API_KEY: KEY, SIMULATED_SPEED: "20" };
  product = startProcess(folder.path, { ...settings, ...LIMITS });
  const { url, mongodbUri, redisUrl } = await product.ready();
  store = await connectStore({ uri: mongodbUri });
  const { _id: projectId } = await store.projects.create({ name: "Another" });
  const { key } = await store.keys.create({ projectId, permissions: ["Project Owner"] });
  b = { url, store, projectId, key, redis: { url: redisUrl } };
  await delayOfA();
  usual = (await delayOfA()).ms;
});
afterAll(async () => {
  await store?.close();
  await product?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

test.each(Object.entries(MISBEHAVIOURS))(
  "%s of one project delay no emergency of another",
  async (_way, misbehave) => {
    const undo = await misbehave(b);
    try {
      const { ms, before } = await delayOfA();
      expect(before).toBeLessThanOrEqual(MOST_BEFORE);
      expect(ms).toBeLessThan(usual + MOST_DELAY_MS);
    } finally {
      await undo?.();
    }
    // What the other project did is nothing that this one sees.
    expect(product.errors()).not.toMatch(/\+1555|is paused/);
  },
);

/** From the request of an emergency until the provider is asked, by the clock of the provider's own ledger. */
interface Delay {
  ms: number;
  /** Calls that the provider was asked for meanwhile. */
  before: number;
}

/** The shortest delay of some emergencies of A, and the most calls before one of them. */
async function delayOfA(): Promise<Delay> {
  const delays: Delay[] = [];
  for (let call = 0; call < CALLS_OF_A; call += 1) {
    const at = Date.now();
    const request = { toNumber: ANSWERED, say: "Fire", priority: "emergency" } as const;
    const response = await post({ url: b.url, key: KEY }, "/api/call-log", request);
    const { _id } = (await response.json()) as { _id: string };
    const placed = await waitFor(
      async () => (await readLedger(folder.path)).find(({ attemptId }) => attemptId === `${_id}-1`),
      { describe: "the call at the provider" },
    );
    const times = (await readLedger(folder.path)).map(({ createdAt }) => createdAt.getTime());
    const until = placed.createdAt.getTime();
    const before = times.filter((time) => at < time && time < until).length;
    delays.push({ ms: until - at, before });
  }
  return {
    ms: Math.min(...delays.map(({ ms }) => ms)),
    before: Math.max(...delays.map(({ before }) => before)),
  };
}

function many(count: number, request: Partial<CallRequestInput>): CallRequestInput[] {
  return Array.from({ length: count }, (_, index) => ({
    toNumber: `+1555020${String(index % 10_000).padStart(4, "0")}`,
    say: "x",
    ...request,
  }));
}

/** Send requests, a thousand at a time, again when the key is limited; their ids. */
async function dispatched(to: Neighbour, requests: CallRequestInput[]): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < requests.length; at += 1000) {
    const { projectId } = to;
    // A key of its own for each batch: the limit of requests is another case.
    const { key } = await to.store.keys.create({ projectId, permissions: ["Project Owner"] });
    const part = { requests: requests.slice(at, at + 1000) };
    const response = await ok(act({ ...to, key }, "calls.dispatchMany", part));
    const body = (await response.json()) as {
      result: { data: { results: { _id?: string }[] } };
    };
    ids.push(...body.result.data.results.flatMap(({ _id }) => _id ?? []));
  }
  return ids;
}

async function attemptsOf(to: Neighbour, id: string): Promise<Attempt[]> {
  const response = await post(to, `/api/call-log/${id}/get-item`, { select: { attempts: true } });
  return ((await response.json()) as { attempts: Attempt[] }).attempts;
}

function act(to: Pick<Neighbour, "url" | "key">, path: string, input?: unknown): Promise<Response> {
  return post(to, `/trpc/${path}`, input);
}

function ask(
  { url, key }: Pick<Neighbour, "url" | "key">,
  path: string,
  input: unknown,
): Promise<Response> {
  const address = `${url}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;
  return fetch(address, { headers: { ApiKey: key } });
}

function post(
  { url, key }: { url: string; key: string },
  path: string,
  body: unknown,
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: "POST",
    headers: { ApiKey: key, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function ok(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response;
}

/** A connection from another address of this machine, on which half a request comes. */
async function trickling({ port, hostname: host }: URL): Promise<Socket> {
  const socket = connect({ port: Number(port), host, localAddress: "127.0.0.2" });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write("POST /api/call-log HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n{");
  return socket;
}
