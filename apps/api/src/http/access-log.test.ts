import { request as httpRequest } from "node:http";

import { createLogger } from "@call-log/runtime";
import { suiteLines, waitFor } from "@call-log/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";
import { ACCESS_LINE } from "./access-log.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

type Line = Record<string, unknown>;

/** A server of the test's own, and the lines that it has logged. */
async function logged(level = "info", overrides: { accessLog?: boolean } = {}) {
  const lines: Line[] = [];
  const to = {
    write(line: string) {
      suiteLines.write(line);
      lines.push(JSON.parse(line) as Line);
    },
  };
  const log = createLogger({ role: "api", level, to });
  const server = await api.serverWith({ log, ...overrides });
  return { server, lines, log };
}

const REQUEST = { toNumber: "+15550100100", say: "Database of shop.example is away" };

test("a request is one line: its route, its end, who asked, and what it was about", async () => {
  const { server, lines } = await logged();
  const headers = { "x-request-id": "trace.me_42-x" };
  const { body } = await api.ask("POST", "/api/call-log", { server, headers, body: REQUEST });
  const callLogId = body["_id"];
  const page = { server, headers };
  await api.ask("POST", `/api/call-log/${String(callLogId)}/get-item?x=${REQUEST.toNumber}`, page);
  expect(lines).toEqual([
    expect.objectContaining({
      level: 30,
      name: "call-log-api",
      msg: ACCESS_LINE,
      requestId: "trace.me_42-x",
      method: "POST",
      route: "/api/call-log",
      status: 202,
      ms: expect.any(Number),
      keyId: expect.any(String),
      projectId: api.projectId,
      callLogId,
    }),
    expect.objectContaining({ route: "/api/call-log/:id/get-item", status: 400 }),
  ]);
});

test("procedures are named as far as there are such", async () => {
  const { server, lines } = await logged();
  const url = "/trpc/callLog.count,+15550100100,callLog.count?batch=1&input=%7B%7D";
  await server.inject({ method: "GET", url, headers: { ApiKey: api.key } });
  expect(lines.at(-1)).toMatchObject({ route: "/trpc/:path", procedures: "callLog.count" });
  expect(JSON.stringify(lines)).not.toContain("15550100100");
});

test("every answer names its request, and so does its error", async () => {
  const { server } = await logged();
  for (const [url, status, requestId] of [
    ["/health/live", 200, undefined],
    ["/nowhere", 404, "id-of-the-proxy"],
    ["/%zz", 400, "id-of-the-proxy"],
  ] as const) {
    const headers = { "x-request-id": "id-of-the-proxy" };
    const answer = await server.inject({ method: "GET", url, headers });
    expect([url, answer.statusCode]).toEqual([url, status]);
    expect(answer.headers["x-request-id"]).toBe("id-of-the-proxy");
    expect(answer.json<{ requestId?: string }>().requestId).toBe(requestId);
  }
});

test.each(["+15550100100", "15550100100", "a b", "a".repeat(65), "<script>", "é1", ""])(
  "the request id %j is not taken over",
  async (given) => {
    const { server, lines } = await logged();
    const url = "/nowhere";
    const answer = await server.inject({ method: "GET", url, headers: { "x-request-id": given } });
    const id = answer.headers["x-request-id"];
    expect(id).toMatch(/^[\w-]{36}$/);
    expect(lines).toEqual([expect.objectContaining({ requestId: id, status: 404 })]);
    expect(lines[0]).not.toHaveProperty("route");
  },
);

test("what is asked every few seconds is a line at debug only", async () => {
  const [info, debug] = await Promise.all([logged("info"), logged("debug")]);
  for (const { server } of [info, debug])
    await server.inject({ method: "GET", url: "/health/ready" });
  expect(info.lines).toEqual([]);
  expect(debug.lines).toEqual([
    expect.objectContaining({ level: 20, route: "/health/ready", status: 200 }),
  ]);
});

test("without an access log there is no line, and the id is answered all the same", async () => {
  const { server, lines } = await logged("trace", { accessLog: false });
  for (const url of ["/api/call-log/count", "/%zz"]) {
    const answer = await server.inject({ method: "GET", url, headers: { ApiKey: api.key } });
    expect(answer.headers["x-request-id"]).toEqual(expect.any(String));
  }
  expect(lines).toEqual([]);
});

test("a caller who goes away leaves a line without a status", async () => {
  const { server, lines } = await logged();
  server.get("/never", () => new Promise(() => undefined));
  const address = await server.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => server.close());
  const asked = httpRequest(`${address}/never`);
  asked.on("error", () => undefined);
  const arrived = new Promise((resolve) => server.server.once("request", resolve));
  asked.end();
  await arrived;
  asked.destroy();
  const line = await waitFor(() => lines.find(({ msg }) => msg === ACCESS_LINE));
  expect(line).toMatchObject({ route: "/never", aborted: true });
  expect(line).not.toHaveProperty("status");
});

test("a line of a request names it", async () => {
  const { server, lines } = await logged();
  server.get("/broken", () => {
    throw new Error("of ours");
  });
  const answer = await server.inject({ method: "GET", url: "/broken" });
  const requestId = answer.headers["x-request-id"];
  expect(answer.statusCode).toBe(500);
  expect(lines.map((line) => [line["level"], line["requestId"]])).toEqual([
    [50, requestId],
    [30, requestId],
  ]);
});
