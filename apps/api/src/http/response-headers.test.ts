import { once } from "node:events";
import { connect } from "node:net";

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

const ID = "376d7300-28fe-11f1-b591-3fdcef396aba";

let api: FreshApi;
let url: URL;
beforeAll(async () => {
  api = await freshApi();
  await api.keep({ _id: ID });
  url = new URL(await api.listen());
});
afterAll(() => api[Symbol.asyncDispose]());

/** Requests of every kind of route, and of every way in which one is refused, with their status. */
const REQUESTS: [method: "GET" | "POST" | "DELETE", path: string, status: number][] = [
  ["GET", "/health/live", 200],
  ["GET", "/health/ready", 200],
  ["GET", "/openapi.json", 200],
  ["GET", "/docs", 200],
  ["GET", "/session", 200],
  ["GET", "/session/methods", 200],
  ["POST", "/session", 400],
  ["DELETE", "/session", 200],
  ["POST", "/api/call-log/get-list", 200],
  ["POST", "/api/call-log/count", 200],
  ["GET", `/api/call-log/${ID}/get-item`, 200],
  ["POST", `/calls/${ID}/cancel`, 200],
  ["GET", "/api/call-log/nothing/get-item", 400],
  ["POST", "/api/call-log", 400],
  ["GET", "/trpc/callLog.count?input={}", 200],
  ["GET", "/trpc/callLog.count,callLog.count?batch=1&input={}", 200],
  ["GET", "/trpc/callLog.nothing", 404],
  ["GET", "/export/calls.csv", 200],
  ["GET", "/export/calls.jsonl", 200],
  ["GET", "/export/calls.csv?query=x", 400],
  ["POST", "/hooks/simulated/x/status", 404],
  ["GET", "/nothing", 404],
  ["GET", "/api/call-log/%zz/get-item", 400],
];

describe.each(REQUESTS)("%s %s", (method, path, status) => {
  test(`is ${status}, kept by no cache, and taken for nothing else`, async () => {
    const answer = await api.server.inject({ method, url: path, headers: { ApiKey: api.key } });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect(answer.headers).not.toHaveProperty("strict-transport-security");
  });
});

test("a refusal without a key, and of one that is not valid, too", async () => {
  for (const headers of [{}, { ApiKey: "wrong" }]) {
    const answer = await api.server.inject({ url: "/export/calls.csv", headers });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers["cache-control"]).toBe("no-store");
  }
});

test("/docs may be in no frame", async () => {
  const { headers } = await api.server.inject({ url: "/docs" });
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
});

describe("an answer is for https alone from then on", () => {
  const forwarded = { "x-forwarded-proto": "https" };
  const hstsOf = async (trustProxy: string[] | undefined, path: string) => {
    const server = await api.serverWith({ trustProxy });
    const { headers } = await server.inject({ url: path, headers: forwarded });
    return headers["strict-transport-security"];
  };

  test.each(["/health/live", "/docs", "/nothing"])("when %s came by it", async (path) => {
    expect(await hstsOf(["127.0.0.1"], path)).toBe("max-age=31536000");
  });

  test("not when a proxy says so that is not trusted", async () => {
    expect(await hstsOf(undefined, "/health/live")).toBeUndefined();
  });
});

/** Send these bytes; what comes back. */
async function send(head: readonly string[]): Promise<string> {
  const socket = connect(Number(url.port), url.hostname);
  onTestFinished(() => void socket.destroy());
  let text = "";
  socket.on("data", (part) => (text += String(part)));
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  await once(socket, "close");
  return text;
}

test("two Host headers are refused, one is not", async () => {
  const line = "GET /health/live HTTP/1.1";
  const close = "Connection: close";
  expect(await send([line, "Host: a", close])).toMatch(/^HTTP\/1\.1 200 /);
  const refused = await send([line, "Host: a", "host: b", close]);
  expect(refused).toMatch(/^HTTP\/1\.1 400 /);
  expect(refused).toContain("The request has more than one Host header.");
});

test("what is not HTTP is answered with the same headers", async () => {
  const answer = await send(["hello"]);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toMatch(/\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\n/);
});

test("the events of a live stream, too", async () => {
  const answer = await fetch(new URL("/trpc/callLog.live?input={}", url), {
    headers: { ApiKey: api.key, accept: "text/event-stream" },
  });
  await answer.body!.cancel();
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("cache-control")).toMatch(/no-store|no-cache/);
});
