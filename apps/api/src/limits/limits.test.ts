import { once } from "node:events";
import { connect, type Socket } from "node:net";

import { createCallLogClient } from "@call-log/client";
import { waitFor } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import type { ApiDependencies } from "../api-dependencies.ts";
import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const NOW = new Date("2026-11-29T10:00:15.000Z");

const limited = (limits: ApiDependencies["limits"], overrides: Partial<ApiDependencies> = {}) =>
  api.serverWith({ limits: limits!, now: () => NOW, ...overrides });

type Server = Awaited<ReturnType<typeof limited>>;

interface Asking {
  key: string;
  from?: string;
}

const json = { "content-type": "application/json" };

/** Every way to send a key, with the code of its answer. */
const WAYS: Record<string, (server: Server, asking: Asking) => Promise<Answered>> = {
  async "POST /session"(server, { key, from = "192.0.2.1" }) {
    const answer = await server.inject({
      method: "POST",
      url: "/session",
      remoteAddress: from,
      headers: json,
      payload: { apiKey: key },
    });
    return { ...of(answer), code: answer.json().code };
  },
  async REST(server, { key, from = "192.0.2.1" }) {
    const answer = await server.inject({
      method: "POST",
      url: "/api/call-log/count",
      remoteAddress: from,
      headers: { ApiKey: key },
    });
    return { ...of(answer), code: answer.json().code };
  },
  async export(server, { key, from = "192.0.2.1" }) {
    const answer = await server.inject({
      url: "/export/calls.csv",
      remoteAddress: from,
      headers: { ApiKey: key },
    });
    return { ...of(answer), code: answer.statusCode === 200 ? undefined : answer.json().code };
  },
  async "tRPC, a batch by POST"(server, { key, from = "192.0.2.1" }) {
    const answer = await server.inject({
      method: "POST",
      url: "/trpc/callLog.count?batch=1",
      remoteAddress: from,
      headers: { ApiKey: key, ...json },
      payload: { 0: {} },
    });
    return { ...of(answer), code: answer.json()[0].error?.data.code };
  },
  async "tRPC by GET"(server, { key, from = "192.0.2.1" }) {
    const answer = await server.inject({
      url: "/trpc/callLog.count?input=%7B%7D",
      remoteAddress: from,
      headers: { ApiKey: key },
    });
    return { ...of(answer), code: answer.json().error?.data.code };
  },
};

interface Answered {
  status: number;
  headers: Record<string, unknown>;
  code: unknown;
}

function of({ statusCode, headers }: { statusCode: number; headers: Record<string, unknown> }) {
  return { status: statusCode, headers };
}

describe.each(Object.entries(WAYS))("by %s", (_name, ask) => {
  test("400 wrong keys: ten are looked up, the others get 429 with Retry-After", async () => {
    const server = await limited({ FAILED_KEYS_PER_MINUTE: 10 });
    const statuses: number[] = [];
    for (let index = 0; index < 400; index += 1)
      statuses.push((await ask(server, { key: `wrong-${index}` })).status);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(new Set(statuses.slice(10))).toEqual(new Set([429]));
    const { headers, code } = await ask(server, { key: "wrong" });
    expect([headers["retry-after"], code]).toEqual(["60", "TOO_MANY_REQUESTS"]);
    // From elsewhere a key is looked up, and has worked then.
    expect((await ask(server, { key: api.key, from: "192.0.2.2" })).status).toBe(200);
    expect((await ask(server, { key: api.key })).status).toBe(200);
    expect((await ask(server, { key: api.otherKey })).status).toBe(429);
  });
});

describe.each(Object.entries(WAYS).filter(([name]) => name !== "POST /session"))(
  "by %s",
  (_name, ask) => {
    test("a key has so many requests a minute, and hears how many are left", async () => {
      const server = await limited({ REQUESTS_PER_MINUTE: 3 });
      const answers: Answered[] = [];
      for (let index = 0; index < 5; index += 1) answers.push(await ask(server, { key: api.key }));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
      expect(answers.map(({ headers }) => headers["ratelimit-remaining"])).toEqual([
        "2",
        "1",
        "0",
        "0",
        "0",
      ]);
      const { headers, code } = answers[3]!;
      expect(headers).toMatchObject({
        "ratelimit-limit": "3",
        "ratelimit-reset": "45",
        "retry-after": "45",
      });
      expect(code).toBe("TOO_MANY_REQUESTS");
      expect((await ask(server, { key: api.otherKey })).status).toBe(200);
    });
  },
);

describe("requests of a key", () => {
  const trpc = (server: Server, path: string, payload: object) =>
    server.inject({
      method: "POST",
      url: `/trpc/${path}`,
      headers: { ApiKey: api.key, ...json },
      payload,
    });

  test("a batch counts as its parts", async () => {
    const server = await limited({ REQUESTS_PER_MINUTE: 5 });
    const batch = () => trpc(server, "callLog.count,callLog.count,callLog.count?batch=1", {});
    const answers = [await batch(), await batch()];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 429]);
    expect(answers[1]!.json()).toHaveLength(3);
  });

  test("dispatchMany counts as its requests, and takes all that begin under the limit", async () => {
    const server = await limited({ REQUESTS_PER_MINUTE: 5 });
    const request = { toNumber: "+15550100100", say: "Hello", scheduledAt: "2999-01-01T00:00:00Z" };
    const requests = Array.from({ length: 10 }, () => request);
    const first = await trpc(server, "calls.dispatchMany", { requests });
    expect(first.statusCode).toBe(200);
    expect(first.json().result.data.results).toHaveLength(10);
    const second = await trpc(server, "calls.dispatchMany", { requests });
    expect(second.statusCode).toBe(429);
    expect(second.json().error.message).toBe(
      "This key may make 5 requests a minute. Try again in 45 seconds.",
    );
  });

  test("are limited while Redis is away, too", async () => {
    const dispatcher = api.dispatcherOn("redis://127.0.0.1:1");
    const server = await limited({ REQUESTS_PER_MINUTE: 1 }, { dispatcher });
    const statuses = [];
    for (let index = 0; index < 2; index += 1)
      statuses.push((await WAYS["REST"]!(server, { key: api.key })).status);
    expect(statuses).toEqual([200, 429]);
  });

  test("without a limit have no headers of one", async () => {
    const server = await limited({});
    const { headers } = await WAYS["REST"]!(server, { key: api.key });
    expect(Object.keys(headers).filter((name) => name.includes("ratelimit"))).toEqual([]);
  });
});

describe("live streams", () => {
  async function streaming(limits: ApiDependencies["limits"]) {
    const server = await api.serverWith({ limits: limits! });
    const url = await server.listen({ host: "127.0.0.1", port: 0 });
    return async (apiKey: string) => {
      const failures: unknown[] = [];
      const states: string[] = [];
      const heard: unknown[] = [];
      const subscription = createCallLogClient({ url, apiKey }).callLog.live.subscribe(
        {},
        {
          onConnectionStateChange: ({ state, error }) => {
            states.push(state);
            if (error) failures.push(error);
          },
          onData: ({ data }) => heard.push(data),
          onError: (error) => failures.push(error),
        },
      );
      onTestFinished(() => subscription.unsubscribe());
      await waitFor(() => states.includes("pending"), { describe: "the stream" });
      return { heard, failures, close: () => subscription.unsubscribe() };
    };
  }

  const refused = async ({ failures }: { failures: unknown[] }) =>
    waitFor(() => failures[0] as { message: string; data: { code: string } }, {
      describe: "the refusal",
    });

  test("of one key have an end, in words, until one is closed", async () => {
    const open = await streaming({ LIVE_STREAMS_PER_KEY: 2 });
    const [first] = [await open(api.key), await open(api.key)];
    const { message, data } = await refused(await open(api.key));
    expect(data.code).toBe("TOO_MANY_REQUESTS");
    expect(message).toBe("This key may have 2 live streams and waits at a time. Close one first.");
    const other = await open(api.otherKey);
    await api.keep(
      { updatedAt: new Date() },
      { projectId: api.otherProjectId, updatedAt: new Date() },
    );
    await waitFor(() => other.heard.length > 0);
    first!.close();
    await waitFor(async () => {
      const again = await open(api.key);
      await api.keep({ updatedAt: new Date() });
      await waitFor(() => again.heard.length + again.failures.length > 0);
      again.close();
      return again.failures.length === 0;
    });
  });

  test("of all keys have one, too", async () => {
    const open = await streaming({ LIVE_STREAMS: 1 });
    await open(api.key);
    const { message, data } = await refused(await open(api.otherKey));
    expect(data.code).toBe("SERVICE_UNAVAILABLE");
    expect(message).toBe("This server has 1 live streams and waits at a time, and all are in use.");
  });
});

test("one connection more than the limit is answered with 503, in words, and closed", async () => {
  const server = await limited({ MAX_CONNECTIONS: 2 });
  const url = new URL(await server.listen({ host: "127.0.0.1", port: 0 }));
  const first = await opened(url, "127.0.0.2");
  await opened(url, "127.0.0.3");
  await waitFor(async () => (await connectionsOf(server)) === 2);
  const text = await answerOf(await opened(url, "127.0.0.4"));
  expect(text).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
  expect(text).toContain("Retry-After: 5");
  expect(text).toContain("This server has 2 connections at a time, and all are in use.");
  first.destroy();
  await waitFor(async () => (await connectionsOf(server)) === 1);
  expect((await fetch(new URL("/health/live", url))).status).toBe(200);
});

test("one address has half of the connections, and keeps no other out", async () => {
  const server = await limited({ MAX_CONNECTIONS: 4 });
  const url = new URL(await server.listen({ host: "127.0.0.1", port: 0 }));
  const first = await opened(url, "127.0.0.2");
  await opened(url, "127.0.0.2");
  await waitFor(async () => (await connectionsOf(server)) === 2);
  expect(await answerOf(await opened(url, "127.0.0.2"))).toContain(
    "One address has 2 connections at a time, and all are in use.",
  );
  expect((await fetch(new URL("/health/live", url))).status).toBe(200);
  first.destroy();
  const isTaken = async () => {
    const socket = await opened(url, "127.0.0.2");
    socket.write("GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    return (await answerOf(socket)).startsWith("HTTP/1.1 200");
  };
  await waitFor(isTaken);
});

/** A connection from an address of this machine. */
async function opened(url: URL, localAddress: string): Promise<Socket> {
  const socket = connect({ port: Number(url.port), host: url.hostname, localAddress });
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

async function answerOf(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (part) => (text += String(part)));
  await once(socket, "close");
  return text;
}

function connectionsOf({ server }: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}
