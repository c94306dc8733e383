import { createServer } from "node:net";

import { waitFor } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { type OperationsRoutes, startOperationsServer } from "./operations-server.ts";

const TOKEN = "a token of twenty-four characters".replaceAll(" ", "-");

async function served(routes: Partial<OperationsRoutes> = {}, token?: string) {
  const server = await startOperationsServer(
    {
      live: () => ({ ok: true, body: { status: "live" } }),
      ready: async () => ({ ok: true, body: { status: "ready" } }),
      metrics: async () => ({ contentType: "text/plain; version=0.0.4", text: "up 1\n" }),
      ...routes,
    },
    { port: 0, host: "127.0.0.1", token },
  );
  onTestFinished(async () => {
    await server.close();
  });
  return async (path: string, init?: RequestInit) => {
    const response = await fetch(server.url + path, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
}

test("metrics and health are answered, with a query too, and not kept", async () => {
  const ask = await served();
  expect(await ask("/health/live")).toMatchObject({ status: 200, text: '{"status":"live"}' });
  expect(await ask("/health/ready?x=1")).toMatchObject({ status: 200, text: '{"status":"ready"}' });
  const { status, headers, text } = await ask("/metrics");
  expect([status, text]).toEqual([200, "up 1\n"]);
  expect(headers.get("content-type")).toBe("text/plain; version=0.0.4");
  expect(headers.get("cache-control")).toBe("no-store");
});

test("what is not ok is a 503 with what is wrong", async () => {
  const ask = await served({
    live: () => ({ ok: false, body: { status: "stuck", queues: ["call-dispatch"] } }),
    ready: () => Promise.reject(new Error("a defect")),
  });
  expect(await ask("/health/live")).toMatchObject({
    status: 503,
    text: '{"status":"stuck","queues":["call-dispatch"]}',
  });
  expect((await ask("/health/ready")).status).toBe(503);
});

test("with a token, metrics require it, and health does not", async () => {
  const ask = await served({}, TOKEN);
  const withToken = (authorization: string) => ask("/metrics", { headers: { authorization } });
  for (const answer of [
    await ask("/metrics"),
    await withToken(`Bearer ${TOKEN}x`),
    await withToken(TOKEN),
    await withToken("Bearer "),
  ]) {
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect(answer.text).not.toContain("up 1");
  }
  expect((await withToken(`bearer ${TOKEN}`)).status).toBe(200);
  expect((await ask("/health/live")).status).toBe(200);
});

test("another address is a 404 and another method a 405, each with what is allowed", async () => {
  const ask = await served();
  expect(await ask("/")).toMatchObject({
    status: 404,
    text: '{"message":"allowed: /metrics, /health/live, /health/ready"}',
  });
  const posted = await ask("/metrics", { method: "POST", body: "x" });
  expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  expect(await ask("/metrics", { method: "HEAD" })).toMatchObject({ status: 200, text: "" });
});

test("a port that is taken is said by the name of its setting", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await waitFor(() => other.listening);
  const { port } = other.address() as { port: number };
  const live = () => ({ ok: true, body: {} });
  const routes = {
    live,
    ready: async () => live(),
    metrics: async () => ({ contentType: "", text: "" }),
  };
  await expect(startOperationsServer(routes, { port, host: "127.0.0.1" })).rejects.toThrow(
    `METRICS_PORT: ${port} is taken; set another one`,
  );
});
