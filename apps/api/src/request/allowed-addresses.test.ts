import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

const ALLOWED = ["203.0.113.0/24", "2001:db8::/32"];
const INSIDE = "203.0.113.7";
const OUTSIDE = "198.51.100.7";

let api: FreshApi;
let key: string;
let keyId: string;
beforeAll(async () => {
  api = await freshApi();
  const { projectId } = api;
  const permissions = ["Project Owner" as const];
  const made = await api.store.keys.create({ projectId, permissions, allowedAddresses: ALLOWED });
  ({ id: keyId, key } = made);
});
afterAll(() => api[Symbol.asyncDispose]());

interface Asked {
  from: string;
  headers?: Record<string, string>;
  server?: FreshApi["server"];
}

async function count({ from, headers = { apikey: key }, server = api.server }: Asked) {
  const request = { method: "POST" as const, url: "/api/call-log/count", remoteAddress: from };
  return server.inject({ ...request, headers });
}

async function signIn(from: string) {
  const request = { method: "POST" as const, url: "/session", payload: { apiKey: key } };
  return api.server.inject({ ...request, remoteAddress: from });
}

describe("a key with a list of addresses", () => {
  test.each([INSIDE, `::ffff:${INSIDE}`, "2001:db8::7"])("is good from %s", async (from) => {
    expect((await count({ from })).statusCode).toBe(200);
  });

  test.each([OUTSIDE, "2001:db9::7", "127.0.0.1", "::1"])(
    "is refused from %s, without its list",
    async (from) => {
      const answer = await count({ from });
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({
        code: "FORBIDDEN",
        message: "The ApiKey may not be used from this address.",
      });
      expect(answer.payload).not.toContain("203.0.113");
      expect((await signIn(from)).statusCode).toBe(403);
    },
  );

  test("is refused everywhere alike: tRPC, export", async () => {
    for (const url of ["/trpc/projects.get", "/export/calls.csv"]) {
      const request = { method: "GET" as const, url, headers: { apikey: key } };
      const statusFrom = async (remoteAddress: string) =>
        (await api.server.inject({ ...request, remoteAddress })).statusCode;
      expect([await statusFrom(INSIDE), await statusFrom(OUTSIDE)]).toEqual([200, 403]);
    }
  });

  test("has sessions that are good from there only", async () => {
    const answer = await signIn(INSIDE);
    expect(answer.statusCode).toBe(200);
    const cookie = String(answer.headers["set-cookie"]).split(";")[0]!;
    expect((await count({ from: INSIDE, headers: { cookie } })).statusCode).toBe(200);
    expect((await count({ from: OUTSIDE, headers: { cookie } })).statusCode).toBe(403);
  });

  test("which is refused has not been used", async () => {
    const { projectId } = api;
    const made = await api.store.keys.create({
      projectId,
      permissions: ["Viewer"],
      allowedAddresses: ALLOWED,
    });
    await count({ from: OUTSIDE, headers: { apikey: made.key } });
    await count({ from: INSIDE });
    const shown = async (id: string) =>
      (await api.store.keys.list(projectId)).find((one) => one.id === id);
    await expect.poll(() => shown(keyId)).toHaveProperty("lastUsedFrom");
    expect(await shown(made.id)).not.toHaveProperty("lastUsedAt");
  });
});

describe("behind a reverse proxy", () => {
  const forwarded = (address: string) => ({ apikey: key, "x-forwarded-for": address });

  test("the proxy's word counts only where TRUST_PROXY names it", async () => {
    const trusting = await api.serverWith({ trustProxy: ["loopback", "10.0.0.0/8"] });
    const statusOf = async (asked: Asked) => (await count(asked)).statusCode;
    const headers = forwarded(INSIDE);
    expect(await statusOf({ from: "127.0.0.1", headers, server: trusting })).toBe(200);
    expect(await statusOf({ from: "10.1.2.3", headers, server: trusting })).toBe(200);
    expect(await statusOf({ from: OUTSIDE, headers, server: trusting })).toBe(403);
    expect(await statusOf({ from: "127.0.0.1", headers })).toBe(403);
  });

  test("an address that the caller wrote before the proxy's own does not count", async () => {
    const server = await api.serverWith({ trustProxy: ["loopback"] });
    const headers = forwarded(`${INSIDE}, ${OUTSIDE}`);
    expect((await count({ from: "127.0.0.1", headers, server })).statusCode).toBe(403);
    const nonsense = forwarded("<nonsense>");
    expect((await count({ from: "127.0.0.1", headers: nonsense, server })).statusCode).toBe(403);
  });
});
