import { afterAll, beforeAll, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
  const statuses = Array.from({ length: 1100 }, (_, index) => (index % 2 ? "Busy" : "Completed"));
  await api.keep(...statuses.map((status) => ({ status, statusMessage: "=1+1" })));
});
afterAll(() => api[Symbol.asyncDispose]());

async function download(url: string, headers: Record<string, string> = { ApiKey: api.key }) {
  return api.server.inject({ method: "GET", url, headers });
}

const query = encodeURIComponent(JSON.stringify({ status: "Busy" }));

test("every matching call log is a row, over all pages, and no cell is a formula", async () => {
  const { statusCode, headers, body } = await download(`/export/calls.csv?query=${query}`);
  expect(statusCode).toBe(200);
  expect(headers["content-disposition"]).toBe('attachment; filename="calls.csv"');
  const rows = body.trim().split("\r\n");
  expect(rows).toHaveLength(551);
  expect(rows[0]).toMatch(/^_id,createdAt,/);
  expect(rows[1]).toContain("'=1+1");
});

test("as JSON lines, with what has a value", async () => {
  const { body } = await download("/export/calls.jsonl");
  const lines = body.trim().split("\n");
  expect(lines).toHaveLength(1100);
  expect(JSON.parse(lines[0]!)).toMatchObject({ projectId: api.projectId, statusMessage: "=1+1" });
});

test("with a byte order mark for Excel, and with the columns that were asked for", async () => {
  const { body } = await download(`/export/calls.csv?excel=true&columns=status,incident.title,_id`);
  expect(body.slice(0, 28)).toBe("\uFEFFstatus,incident.title,_id\r\n");
  expect((await download("/export/calls.csv?excel=false")).body.slice(0, 3)).toBe("_id");
});

test("another project's key gets its own", async () => {
  const { body } = await download("/export/calls.jsonl", { ApiKey: api.otherKey });
  expect(body).toBe("");
});

test.each([
  ["no key", "/export/calls.csv", {}, 401],
  ["a query that is no JSON", "/export/calls.csv?query=status", undefined, 400],
  ["an unknown property", "/export/calls.csv?query=%7B%22x%22:1%7D", undefined, 400],
  ["an unknown parameter", "/export/calls.csv?limit=1", undefined, 400],
  ["columns of JSON lines", "/export/calls.jsonl?columns=_id", undefined, 400],
  ["an unknown column", "/export/calls.csv?columns=_id,plan", undefined, 400],
  ["a column twice", "/export/calls.csv?columns=_id,_id", undefined, 400],
  ["a mark that is neither on nor off", "/export/calls.csv?excel=1", undefined, 400],
  ["a query twice", "/export/calls.csv?query=%7B%7D&query=%7B%7D", undefined, 400],
  ["another format", "/export/calls.xlsx", undefined, 404],
])("%s is refused", async (...[, url, headers, status]) => {
  expect((await download(url, headers)).statusCode).toBe(status);
});

test("a key that may not read is refused", async () => {
  const { key } = await api.keyWith(["Dispatch Call"]);
  expect((await download("/export/calls.csv", { ApiKey: key })).statusCode).toBe(403);
});

test("a key that reads masked numbers gets them so, and may not ask by them", async () => {
  const { key } = await api.keyWith(["Read Masked Call Log"]);
  const { body } = await download("/export/calls.jsonl", { ApiKey: key });
  expect(body).toContain('"toNumber":"+1555•••••');
  expect(body).not.toMatch(/\+\d{6}/);
  const asked = encodeURIComponent(JSON.stringify({ toNumber: "+15559998888" }));
  const refused = await download(`/export/calls.csv?query=${asked}`, { ApiKey: key });
  expect(refused.statusCode).toBe(403);
  expect(refused.json()).toMatchObject({ error: expect.stringContaining("toNumber") });
});
