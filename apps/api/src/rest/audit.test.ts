import { collectionsOf } from "@call-log/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
beforeEach(async () => {
  await collectionsOf(api.store).auditLog.deleteMany({});
});
afterAll(() => api[Symbol.asyncDispose]());

const lines = () =>
  collectionsOf(api.store).auditLog.find().sort({ createdAt: 1, _id: 1 }).toArray();
const signIn = (apiKey: string) => api.ask("POST", "/session", { key: null, body: { apiKey } });
const list = (url: string, body: object, key = api.key) => api.ask("POST", url, { key, body });

describe("a session", () => {
  test("has lines for its begin and its end, without the key or the cookie", async () => {
    const { headers, status } = await signIn(api.key);
    expect(status).toBe(200);
    const cookie = String(headers["set-cookie"]).split(";")[0]!;
    await api.ask("DELETE", "/session", { key: null, headers: { cookie } });
    await api.ask("DELETE", "/session", { key: null, headers: { cookie } });
    const found = await lines();
    const by = { actor: { kind: "key", id: expect.any(String) }, projectId: api.projectId };
    expect(found).toMatchObject([
      { act: "session.begin", ...by, address: "127.0.0.1", facts: { by: "api-key" } },
      { act: "session.end", ...by, facts: { sessions: 1 } },
    ]);
    expect(JSON.stringify(found)).not.toContain(api.key);
    expect(JSON.stringify(found)).not.toContain(cookie.split("=")[1]);
  });

  test("that is refused has one line a minute for each address, without what was tried", async () => {
    for (const key of ["cl_wrong-1", "cl_wrong-2", "cl_wrong-3"])
      expect((await signIn(key)).status).toBe(401);
    const found = await lines();
    expect(found.length).toBeLessThanOrEqual(2);
    expect(found[0]).toMatchObject({
      act: "session.refuse",
      actor: { kind: "unknown" },
      address: "127.0.0.1",
      scopes: ["installation"],
      requestId: expect.any(String),
    });
    expect(JSON.stringify(found)).not.toContain("wrong");
  });

  test("that can't be written down is not begun", async () => {
    const begin = vi.spyOn(collectionsOf(api.store).begunActs, "insertOne");
    begin.mockRejectedValueOnce(new Error("full"));
    const { status, headers } = await signIn(api.key);
    expect(status).toBe(500);
    expect(headers["set-cookie"]).toBeUndefined();
  });
});

describe("an export", () => {
  const url = `/export/calls.csv?query=${encodeURIComponent('{"toNumber":"+15550100100"}')}`;
  const download = () => api.server.inject({ method: "GET", url, headers: { ApiKey: api.key } });

  test("has a line that names what was asked for, not the values", async () => {
    expect((await download()).statusCode).toBe(200);
    const found = await lines();
    const facts = { format: "csv", filteredBy: ["toNumber"] };
    expect(found).toMatchObject([{ act: "calls.export", projectId: api.projectId, facts }]);
    expect(JSON.stringify(found)).not.toContain("15550100100");
  });

  test("that can't be written down gives nothing", async () => {
    const write = vi.spyOn(collectionsOf(api.store).auditLog, "insertMany");
    write.mockRejectedValueOnce(new Error("full"));
    const { statusCode, body } = await download();
    expect([statusCode, body]).toEqual([500, expect.not.stringContaining("_id,createdAt")]);
  });
});

describe("an address", () => {
  const update = async (server: FreshApi["server"]) => {
    const headers = { ApiKey: api.key, "X-Forwarded-For": "192.0.2.7" };
    const url = "/trpc/projects.update";
    const payload = { retentionDays: Math.ceil(Math.random() * 30_000) };
    await server.inject({ method: "POST", url, headers, payload });
    return (await lines()).at(-1)?.address;
  };

  test("is the socket's, whatever headers say", async () => {
    expect(await update(api.server)).toBe("127.0.0.1");
  });

  test("is the one that a trusted proxy names", async () => {
    expect(await update(await api.serverWith({ trustProxy: ["127.0.0.0/8"] }))).toBe("192.0.2.7");
    expect(await update(await api.serverWith({ trustProxy: ["10.0.0.0/8"] }))).toBe("127.0.0.1");
  });
});

describe("reading", () => {
  test("is by query, sort and page, in the project of the key alone", async () => {
    for (const days of [1, 2, 3])
      await api.ask("POST", "/trpc/projects.update", { body: { retentionDays: days } });
    const query = { act: "project.update" };
    const first = await list("/audit/get-list?limit=2", { query });
    expect(first).toMatchObject({ status: 200, body: { count: 3, skip: 0, limit: 2 } });
    const { nextCursor, data } = first.body as { nextCursor: string; data: object[] };
    expect(data[0]).toMatchObject({ changes: [{ field: "retentionDays", from: 2, to: 3 }] });
    expect(data[0]).not.toHaveProperty("scopes");
    const { body } = await list("/audit/get-list", { query, cursor: nextCursor });
    expect(body["data"]).toMatchObject([{ target: { id: api.projectId } }]);
    expect((await list("/audit/count", { query })).body).toEqual({ count: 3 });
    expect((await list("/audit/count", { query }, api.otherKey)).body).toEqual({ count: 0 });
    const foreign = { query: { $or: [{ projectId: api.projectId }, query] } };
    expect((await list("/audit/get-list", foreign, api.otherKey)).body).toMatchObject({ count: 0 });
    expect((await api.ask("GET", "/audit/get-list")).status).toBe(200);
  });

  test("of the installation's trail is for operators", async () => {
    const { key } = await api.keyWith(["Operator"]);
    await signIn("cl_wrong");
    const url = "/installation/audit/get-list";
    const answer = await list(url, { query: { act: "session.refuse" } }, key);
    expect(answer).toMatchObject({ status: 200, body: { data: [{ act: "session.refuse" }] } });
    expect((await list("/installation/audit/count", {}, key)).status).toBe(200);
    expect((await list(url, {})).status).toBe(403);
    expect((await list("/audit/get-list", {}, key)).status).toBe(403);
    const viewer = await api.keyWith(["Viewer"]);
    expect((await list("/audit/get-list", {}, viewer.key)).status).toBe(403);
    expect((await list("/audit/count", {}, "none")).status).toBe(401);
  });

  test.each([
    [{ query: { colour: 1 } }, "query.colour"],
    [{ query: { scopes: "x" } }, "query.scopes"],
    [{ query: { act: { $where: "1" } } }, "query.act"],
    [{ sort: { act: 1 } }, "sort"],
    [{ sort: { createdAt: 2 } }, "sort.createdAt"],
    [{ limit: 101 }, "limit"],
    [{ cursor: "x" }, "cursor"],
    [{ select: {} }, "select"],
  ])("%j is refused by its place", async (body, place) => {
    const answer = await list("/audit/get-list", body);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(place) } });
  });

  test("nobody may change or delete a line", async () => {
    for (const method of ["PUT", "DELETE", "PATCH"] as const)
      expect((await api.ask(method, "/audit/01a21523-cd02-719e-b2fb-9a8e9da2f264")).status).toBe(
        404,
      );
  });
});
