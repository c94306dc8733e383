import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "./testing/fresh-api.contract.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

async function signIn(apiKey: string, headers: Record<string, string> = {}) {
  const answer = await api.ask("POST", "/session", { key: null, body: { apiKey }, headers });
  const setCookie = String(answer.headers["set-cookie"]);
  return { ...answer, setCookie, cookie: setCookie.split(";")[0]! };
}

const count = (headers: Record<string, string>) =>
  api.ask("POST", "/api/call-log/count", { key: null, headers });

describe("signing in", () => {
  test("gives a cookie that no script reads and no other site sends, without the key", async () => {
    const { status, body, setCookie } = await signIn(api.key);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      project: { _id: api.projectId, name: "Shop" },
      may: ["read", "see-numbers", "dispatch", "administer"],
      providers: ["simulated"],
    });
    expect(setCookie).toMatch(/; HttpOnly/);
    expect(setCookie).toMatch(/; SameSite=Strict/);
    expect(setCookie).not.toMatch(/; Secure/);
    expect(setCookie).not.toContain(api.key);
  });

  test("with an operator's key is for no project, and opens nothing of any", async () => {
    const { key } = await api.keyWith(["Operator"]);
    const { status, body, cookie } = await signIn(key);
    expect(status).toBe(200);
    expect(body).toMatchObject({ project: null, may: ["operate"], permissions: ["Operator"] });
    expect(await count({ cookie })).toMatchObject({
      status: 403,
      body: { error: expect.stringContaining("belongs to no project") },
    });
    const pause = { name: "simulated", reason: "Drill" };
    const asked = { key: null, headers: { cookie } };
    const url = "/trpc/system.pauseProvider";
    expect((await api.ask("POST", url, { ...asked, body: pause })).status).toBe(200);
    await api.store.providerStates.resume("simulated");
  });

  test("over https the cookie is for https alone", async () => {
    const { setCookie } = await signIn(api.key, { "x-forwarded-proto": "https" });
    expect(setCookie).toMatch(/; Secure/);
  });

  test.each([
    ["a key that is none", { apiKey: "nonsense" }, 401],
    ["no key", {}, 400],
    ["something else beside it", { apiKey: "x", more: 1 }, 400],
  ])("is refused with %s", async (_, body, status) => {
    expect((await api.ask("POST", "/session", { key: null, body })).status).toBe(status);
  });
});

describe("a session", () => {
  test("opens REST and tRPC, and says who one is", async () => {
    const { cookie } = await signIn(api.key);
    expect((await count({ cookie })).body).toEqual({ count: 0 });
    expect(
      (await api.ask("GET", "/trpc/projects.get", { key: null, headers: { cookie } })).status,
    ).toBe(200);
    const who = await api.ask("GET", "/session", { key: null, headers: { cookie } });
    expect(who.body).toMatchObject({ project: { name: "Shop" } });
  });

  test("is over at once when its key is revoked", async () => {
    const { id, key } = await api.keyWith(["Viewer"]);
    const { cookie } = await signIn(key);
    expect((await count({ cookie })).status).toBe(200);
    await api.store.keys.revoke(id);
    expect((await count({ cookie })).status).toBe(401);
  });

  test("may no more than its key", async () => {
    const { key } = await api.keyWith(["Viewer"]);
    const { cookie, body } = await signIn(key);
    expect(body["may"]).toEqual(["read", "see-numbers"]);
    const dispatch = {
      key: null,
      headers: { cookie },
      body: { toNumber: "+15550100100", say: "x" },
    };
    expect((await api.ask("POST", "/api/call-log", dispatch)).status).toBe(403);
  });

  test.each([
    ["another site's page", { "sec-fetch-site": "cross-site" }],
    ["a sibling host's page", { "sec-fetch-site": "same-site" }],
    ["another origin", { origin: "https://evil.example" }],
    ["an origin that is none", { origin: "null" }],
  ])("does not count in a request from %s", async (_, headers: Record<string, string>) => {
    const { cookie } = await signIn(api.key);
    expect((await count({ cookie, ...headers })).status).toBe(401);
    expect((await signIn(api.key, headers)).status).toBe(403);
  });

  test("does not stand in for a bad key", async () => {
    const { cookie } = await signIn(api.key);
    const answer = await api.ask("POST", "/api/call-log/count", {
      key: "bad",
      headers: { cookie },
    });
    expect(answer.status).toBe(401);
  });

  test("ends", async () => {
    const { cookie } = await signIn(api.key);
    const out = await api.ask("DELETE", "/session", { key: null, headers: { cookie } });
    expect(String(out.headers["set-cookie"])).toMatch(/^call-log-session=;/);
  });
});
