import { createHmac } from "node:crypto";

import type { SessionView } from "@call-log/router";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

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
    const page = { origin: "https://calls.example.com", host: "calls.example.com" };
    expect((await signIn(api.key, page)).setCookie).toMatch(/; Secure/);
  });

  test("no header of an unknown proxy changes for what the cookie is", async () => {
    const forged = { "x-forwarded-proto": "https", "x-forwarded-host": "evil.example" };
    expect((await signIn(api.key, forged)).setCookie).not.toMatch(/; Secure/);
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

  test("counts as it was given alone, with nothing after it", async () => {
    const { cookie } = await signIn(api.key);
    for (const changed of [`${cookie}.x`, `${cookie}x`, cookie.slice(0, -1), `${cookie}%00`])
      expect((await count({ cookie: changed })).status).toBe(401);
  });

  test("of the time when cookies were signed is none", async () => {
    const { id } = await api.keyWith(["Project Owner"]);
    const content = `${id}.${Math.floor(Date.now() / 1000) + 3600}`;
    const signature = createHmac("sha256", api.dependencies.secrets.callbacks.current)
      .update(`session.${content}`)
      .digest("base64url");
    const cookie = `call-log-session=${content}.${signature}`;
    const answer = await api.ask("GET", "/session", { key: null, headers: { cookie } });
    expect(answer).toMatchObject({
      status: 401,
      body: { message: "The session is over. Sign in again." },
    });
  });
});

describe("signing out", () => {
  const out = (cookie: string, headers: Record<string, string> = {}) =>
    api.ask("DELETE", "/session", { key: null, headers: { cookie, ...headers } });
  const exported = (cookie: string, server = api.server) =>
    server.inject({ url: "/export/calls.csv", headers: { cookie } });

  test("ends the session at once: its cookie opens nothing any more", async () => {
    const { cookie } = await signIn(api.key);
    expect((await exported(cookie)).statusCode).toBe(200);
    const answer = await out(cookie);
    expect(String(answer.headers["set-cookie"])).toMatch(/^call-log-session=;/);
    const again = await api.ask("GET", "/session", { key: null, headers: { cookie } });
    expect(again.status).toBe(401);
    expect((await exported(cookie)).statusCode).toBe(401);
    expect((await count({ cookie })).status).toBe(401);
  });

  test("ends it on another process within half a second", async () => {
    let elapsed = 0;
    const store = await api.anotherStore(() => elapsed);
    const other = await api.serverWith({ store });
    const { cookie } = await signIn(api.key);
    expect((await exported(cookie, other)).statusCode).toBe(200);
    await out(cookie);
    elapsed = 500;
    expect((await exported(cookie, other)).statusCode).toBe(401);
  });

  test("ends no other session of the same key", async () => {
    const [mine, other] = [await signIn(api.key), await signIn(api.key)];
    await out(mine.cookie);
    expect((await count({ cookie: other.cookie })).status).toBe(200);
  });

  test("is not for another site's page", async () => {
    const { cookie } = await signIn(api.key);
    expect((await out(cookie, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await count({ cookie })).status).toBe(200);
  });

  test("happens to the session before when the browser signs in again", async () => {
    const { cookie } = await signIn(api.key);
    await signIn(api.key, { cookie });
    expect((await count({ cookie })).status).toBe(401);
  });
});

describe("a session that lasts too long", () => {
  test.each([
    ["ends after its life", { seconds: 0, idleSeconds: 3600 }],
    ["ends unused", { seconds: 3600, idleSeconds: 0 }],
  ])("%s", async (_, life) => {
    const { cookie } = await signIn(api.key);
    const server = await api.serverWith({ signIn: { ...api.dependencies.signIn, life } });
    const answer = await server.inject({ url: "/session", headers: { cookie } });
    expect(answer.statusCode).toBe(401);
  });
});

describe("the sessions of a key", () => {
  const trpc = async (cookie: string, path: string, input?: unknown) => {
    const answer = await api.ask(input === undefined ? "GET" : "POST", `/trpc/sessions.${path}`, {
      key: null,
      headers: { cookie },
      ...(input !== undefined && { body: input }),
    });
    return { status: answer.status, data: (answer.body["result"] as { data: never })?.data };
  };
  const listed = async (cookie: string) =>
    (await trpc(cookie, "list")).data["sessions"] as SessionView[];

  test("are listed, with from where they began, and none of anybody else's", async () => {
    const { key } = await api.keyWith(["Viewer"]);
    await signIn(api.otherKey);
    const { cookie } = await signIn(key, { "user-agent": "Lynx" });
    const [own, ...others] = await listed(cookie);
    expect(others).toEqual([]);
    expect(own).toMatchObject({ isOwn: true, address: "127.0.0.1", userAgent: "Lynx" });
    expect(Date.parse(own!.endsAt) - Date.parse(own!.createdAt)).toBe(12 * 3_600_000);
    expect(JSON.stringify(own)).not.toContain(cookie.split("=")[1]);
  });

  test("are ended one by one or all others at once", async () => {
    const { key } = await api.keyWith(["Viewer"]);
    const [a, b, c] = [await signIn(key), await signIn(key), await signIn(key)];
    const isOpen = async ({ cookie }: typeof a) => (await count({ cookie })).status === 200;
    const idOf = async ({ cookie }: typeof a) =>
      (await listed(cookie)).find(({ isOwn }) => isOwn)!.id;
    expect(await trpc(a.cookie, "end", { id: await idOf(b) })).toMatchObject({ status: 200 });
    expect([await isOpen(a), await isOpen(b), await isOpen(c)]).toEqual([true, false, true]);
    expect(await trpc(a.cookie, "endAll", {})).toMatchObject({ data: { ended: 1 } });
    expect([await isOpen(a), await isOpen(c)]).toEqual([true, false]);
    expect(await trpc(a.cookie, "endAll", { own: true })).toMatchObject({ data: { ended: 1 } });
    expect(await isOpen(a)).toBe(false);
  });

  test("are ended by nobody else", async () => {
    const mine = await signIn(api.key);
    const other = await signIn(api.otherKey);
    const { id } = (await listed(mine.cookie)).find(({ isOwn }) => isOwn)!;
    expect((await trpc(other.cookie, "end", { id })).status).toBe(404);
    await trpc(other.cookie, "endAll", {});
    expect((await count({ cookie: mine.cookie })).status).toBe(200);
  });
});

describe("when API keys open no session", () => {
  test("neither new ones do nor those that began with one", async () => {
    const { cookie } = await signIn(api.key);
    const server = await api.serverWith({
      signIn: { ...api.dependencies.signIn, withApiKey: false },
    });
    const again = await api.ask("POST", "/session", {
      key: null,
      body: { apiKey: api.key },
      server,
    });
    expect(again.status).toBe(403);
    const old = await api.ask("GET", "/session", { key: null, headers: { cookie }, server });
    expect(old.status).toBe(401);
    const withKey = await api.ask("POST", "/api/call-log/count", { server });
    expect(withKey.status).toBe(200);
  });
});
