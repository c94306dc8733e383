import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

const BROWSER = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const UNKNOWN = "00000000-0000-4000-8000-000000000000";

let api: FreshApi;
let build: string;
let server: FreshApi["server"];
let id: string;
beforeAll(async () => {
  build = await mkdtemp(path.join(tmpdir(), "call-log-dashboard-"));
  await writeFile(path.join(build, "index.html"), "<p>page</p>");
  api = await freshApi();
  server = await api.serverWith({ dashboardBuild: build });
  const [call] = await api.keep({ status: "Busy" });
  id = call!._id;
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await rm(build, { recursive: true });
});

const open = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });

describe("GET /calls/:id", () => {
  test("is the call log for a program, with every property", async () => {
    const { status, body } = await api.ask("GET", `/calls/${id}`, { server });
    expect(status).toBe(200);
    expect(body).toMatchObject({ _id: id, status: "Busy", attempts: expect.any(Array) });
  });

  test("and for whoever sends a key, whatever they accept", async () => {
    const { status, body } = await api.ask("GET", `/calls/${id}`, { server, headers: BROWSER });
    expect([status, body]).toMatchObject([200, { _id: id }]);
  });

  test.each([
    [UNKNOWN, 404, "NOT_FOUND"],
    ["x", 400, "BAD_REQUEST"],
  ])("of an id that is none of a call is JSON, too: %s", async (other, expected, code) => {
    const { status, body } = await api.ask("GET", `/calls/${other}`, { server });
    expect([status, body]).toMatchObject([expected, { code }]);
  });

  test("without a key is a 401 that says how a key is sent", async () => {
    const { statusCode, headers } = await open(`/calls/${id}`);
    expect([statusCode, headers["www-authenticate"]]).toEqual([401, 'ApiKey realm="call-log"']);
  });

  test("is the dashboard's page for a browser", async () => {
    const { statusCode, body, headers } = await open(`/calls/${id}?x=1`, BROWSER);
    expect([statusCode, body]).toEqual([200, "<p>page</p>"]);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["content-security-policy"]).toContain("default-src 'self'");
    expect(headers["cache-control"]).toBe("no-cache");
  });
});

test("the page is that of the build as it is now", async () => {
  const file = path.join(build, "index.html");
  await writeFile(file, "<p>another build</p>");
  expect((await open(`/calls/${id}`, BROWSER)).body).toBe("<p>another build</p>");
  await rm(file);
  expect((await open(`/calls/${id}`, BROWSER)).body).toBe("<p>another build</p>");
  await writeFile(file, "<p>page</p>");
});

describe("an address that is none", () => {
  test("is the page for a browser, which says so, with 404", async () => {
    const { statusCode, body } = await open("/nope", BROWSER);
    expect([statusCode, body]).toEqual([404, "<p>page</p>"]);
  });

  test.each([
    ["/nope", {}],
    ["/api/nope", BROWSER],
    ["/API", BROWSER],
    ["/assets/gone.js", BROWSER],
    ["/hooks/x?y", BROWSER],
    ["/nope", { ...BROWSER, apikey: "x" }],
  ])("is JSON elsewhere: %s %o", async (url, headers) => {
    const { statusCode, body } = await open(url, headers);
    expect([statusCode, JSON.parse(body)]).toMatchObject([404, { code: "NOT_FOUND" }]);
  });
});

test("a 401 by tRPC says how a key is sent, too", async () => {
  const { statusCode, headers } = await open("/trpc/callLog.count");
  expect([statusCode, headers["www-authenticate"]]).toEqual([401, 'ApiKey realm="call-log"']);
});
