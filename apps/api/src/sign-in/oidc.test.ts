import { type ActName, type GroupGrant, SIGN_IN_PROBLEMS } from "@call-log/model";
import type { OidcSettings } from "@call-log/runtime";
import { collectionsOf } from "@call-log/store/testing";
import { type IdentityProvider, startIdentityProvider } from "@call-log/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";
import { DASHBOARD_URL, PersonBrowser } from "../testing/oidc-browser.ts";

let api: FreshApi;
let idp: IdentityProvider;
let grants: GroupGrant[];

beforeAll(async () => {
  api = await freshApi();
  idp = await startIdentityProvider();
  grants = [
    { group: "oncall", project: api.projectId, permissions: ["Project Member"] },
    { group: "auditors", project: api.otherProjectId, permissions: ["Viewer"] },
    { group: "sre", permissions: ["Operator"] },
  ];
  const people = {
    ada: { name: "Ada Lovelace", email: "ada@example.com", groups: ["oncall", "choir"] },
    both: { name: "Both", groups: ["auditors", "oncall"] },
    grace: { name: "Grace", groups: "sre" },
    nobody: { name: "<b>Nobody</b>", groups: ["choir"] },
    strange: { groups: { oncall: true } },
  };
  for (const [name, person] of Object.entries(people)) idp.people.set(name, person);
});
afterEach(() => {
  idp.tamper = undefined;
});
afterAll(async () => {
  await idp?.close();
  await api[Symbol.asyncDispose]();
});

const settingsOf = ({ issuer, clientId, clientSecret } = idp): OidcSettings => ({
  issuer,
  clientId,
  clientSecret,
  scope: "openid profile email",
  groupsClaim: "groups",
  dashboardUrl: DASHBOARD_URL,
});

async function serverFor(options: { oidc?: OidcSettings; grants?: GroupGrant[] } = {}) {
  const signIn = { ...api.dependencies.signIn, grants: options.grants ?? grants };
  return api.serverWith({ signIn, oidc: options.oidc ?? settingsOf() });
}

async function person(options: Parameters<typeof serverFor>[0] = {}) {
  return new PersonBrowser(await serverFor(options));
}

const sessionOf = async (browser: PersonBrowser) => {
  const answer = await browser.ask("/session");
  return { status: answer.statusCode, body: answer.json<Record<string, never>>() };
};

describe("signing in at the identity provider", () => {
  test("opens the project of the person's group, with its permissions, and shows the page that was wanted", async () => {
    const browser = await person();
    const answer = await browser.signIn("ada", "/calls/1?tag=a");
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(`${DASHBOARD_URL}/calls/1?tag=a`);
    expect(String(answer.headers["set-cookie"])).toMatch(
      /call-log-session=.*HttpOnly; SameSite=Strict/,
    );
    expect((await sessionOf(browser)).body).toMatchObject({
      project: { _id: api.projectId, name: "Shop" },
      person: { name: "Ada Lovelace", email: "ada@example.com" },
      keyId: null,
      permissions: ["Project Member"],
      may: ["read", "see-numbers", "dispatch"],
      projects: [{ _id: api.projectId, name: "Shop" }],
    });
    expect((await browser.ask("/trpc/projects.get")).statusCode).toBe(200);
    expect((await browser.ask("/trpc/keys.list")).statusCode).toBe(403);
  });

  test("reads the groups of the ID token as well", async () => {
    const other = await startIdentityProvider({ groupsIn: "id-token" });
    other.people.set("ada", { name: "Ada", groups: ["oncall"] });
    const browser = await person({ oidc: settingsOf(other) });
    await browser.signIn("ada");
    expect((await sessionOf(browser)).body).toMatchObject({ person: { name: "Ada" } });
    await other.close();
  });

  test("asks with PKCE, a state and a nonce, each another one", async () => {
    const browser = await person();
    const [first, second] = [await browser.begin(), await browser.begin()].map(
      (address) => new URL(address).searchParams,
    );
    expect(first!.get("code_challenge_method")).toBe("S256");
    expect(first!.get("redirect_uri")).toBe(`${DASHBOARD_URL}/oidc/callback`);
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(first!.get(name)).toMatch(/^[\w-]{43}$/);
      expect(first!.get(name)).not.toBe(second!.get(name));
    }
  });

  test("keeps neither token nor groups that the settings do not name", async () => {
    const browser = await person();
    await browser.signIn("ada");
    const [kept] = await collectionsOf(api.store)
      .sessions.find({ "holder.subject": "ada" })
      .sort({ createdAt: -1 })
      .toArray();
    expect(kept!.holder).toEqual({
      kind: "person",
      issuer: idp.issuer,
      subject: "ada",
      name: "Ada Lovelace",
      email: "ada@example.com",
      groups: ["oncall"],
    });
    expect(await collectionsOf(api.store).signIns.countDocuments({ returnTo: "/x" })).toBe(0);
  });

  test("is in the audit trail with the person as the actor, and a refusal, too", async () => {
    const { auditLog } = collectionsOf(api.store);
    const actorsOf = async (act: ActName) =>
      (await auditLog.find({ act, "actor.kind": "person" }).toArray()).map(({ actor }) => actor);
    const browser = await person();
    await browser.signIn("ada");
    await browser.ask("/session", { method: "DELETE" });
    await (await person()).signIn("nobody");
    const ada = { kind: "person", id: "ada", name: "Ada Lovelace", email: "ada@example.com" };
    expect(await actorsOf("session.begin")).toContainEqual(ada);
    expect(await actorsOf("session.end")).toContainEqual(ada);
    expect(await actorsOf("session.refuse")).toContainEqual({
      kind: "person",
      id: "nobody",
      name: "<b>Nobody</b>",
    });
  });

  test("names people in the list of their sessions, and signing out ends one", async () => {
    const [one, two] = [await person(), await person()];
    await one.signIn("both");
    await two.signIn("both");
    const listed = await one.ask("/trpc/sessions.list");
    expect(listed.json().result.data.sessions).toHaveLength(2);
    const token = one.cookies.get("call-log-session")!;
    expect((await one.ask("/session", { method: "DELETE" })).statusCode).toBe(200);
    one.cookies.set("call-log-session", token);
    expect((await sessionOf(one)).status).toBe(401);
    expect((await sessionOf(two)).status).toBe(200);
  });
});

describe("a person without a group of the settings", () => {
  test.each(["nobody", "strange"])("%s gets a page with words, and no session", async (name) => {
    const browser = await person();
    const answer = await browser.signIn(name);
    expect(answer.statusCode).toBe(403);
    expect(answer.headers["content-type"]).toMatch(/^text\/html/);
    expect(answer.body).toContain("none of its groups has a permission in call-log");
    expect(answer.body).not.toContain("<b>Nobody");
    expect(browser.cookies.has("call-log-session")).toBe(false);
  });
});

describe("what goes wrong is said on the sign-in page, in words of ours", () => {
  const problemOf = ({ headers }: { headers: { location?: unknown } }) => {
    const { pathname, searchParams } = new URL(String(headers.location));
    expect(pathname).toBe("/sign-in");
    expect([...searchParams.keys()]).toEqual(["problem"]);
    const problem = searchParams.get("problem")!;
    expect(Object.keys(SIGN_IN_PROBLEMS)).toContain(problem);
    return problem;
  };

  test("the person says no", async () => {
    const browser = await person();
    const answer = await browser.ask(await browser.atProvider(await browser.begin(), null));
    expect(problemOf(answer)).toBe("denied");
  });

  test("a link back counts once", async () => {
    const browser = await person();
    const back = await browser.atProvider(await browser.begin(), "ada");
    expect((await browser.ask(back)).statusCode).toBe(303);
    expect(problemOf(await browser.ask(back))).toBe("expired");
  });

  test("a link back counts in the browser that began alone", async () => {
    const [attacker, victim] = [await person(), await person()];
    const back = await attacker.atProvider(await attacker.begin(), "ada");
    expect(problemOf(await victim.ask(back))).toBe("expired");
    await victim.begin();
    expect(problemOf(await victim.ask(back))).toBe("expired");
    expect(victim.cookies.has("call-log-session")).toBe(false);
    expect((await attacker.ask(back)).headers.location).toBe(`${DASHBOARD_URL}/`);
  });

  test("a code under another sign-in's state", async () => {
    const browser = await person();
    const [one, two] = [await browser.begin(), await browser.begin()];
    const back = new URL(await browser.atProvider(one, "ada"), DASHBOARD_URL);
    back.searchParams.set("state", new URL(two).searchParams.get("state")!);
    const answer = await browser.ask(back.pathname + back.search);
    expect(problemOf(answer)).toBe("failed");
    expect(browser.cookies.has("call-log-session")).toBe(false);
  });

  const parts = (token: string) => token.split(".") as [string, string, string];
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(parts(token)[1], "base64url").toString()) as Record<string, unknown>;
  const withClaims = (token: string, change: object) => {
    const [head, , signature] = parts(token);
    const body = Buffer.from(JSON.stringify({ ...claimsOf(token), ...change }));
    return `${head}.${body.toString("base64url")}.${signature}`;
  };
  const unsigned = (token: string) => {
    const head = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    return `${head}.${parts(token)[1]}.`;
  };

  test.each<[string, (token: string) => string]>([
    ["another subject", (token) => withClaims(token, { sub: "grace" })],
    ["groups that it adds", (token) => withClaims(token, { groups: ["sre"] })],
    ["another nonce", (token) => withClaims(token, { nonce: "x" })],
    ["another issuer", (token) => withClaims(token, { iss: "https://evil.example" })],
    ["another audience", (token) => withClaims(token, { aud: "other" })],
    ["a time that is past", (token) => withClaims(token, { exp: 1 })],
    ["no signature", unsigned],
    ["no token", () => ""],
  ])("an ID token with %s", async (_, tamper) => {
    const browser = await person();
    idp.tamper = tamper;
    expect(problemOf(await browser.signIn("ada"))).toBe("failed");
    expect(browser.cookies.has("call-log-session")).toBe(false);
  });

  test("the identity provider of another installation's client", async () => {
    const browser = await person({ oidc: { ...settingsOf(), clientSecret: "wrong" } });
    expect(problemOf(await browser.signIn("ada"))).toBe("failed");
  });

  test("an identity provider that is away, until it is back", async () => {
    const gone = await startIdentityProvider();
    await gone.close();
    const browser = await person({ oidc: settingsOf(gone) });
    expect(problemOf(await browser.ask("/oidc/sign-in"))).toBe("unavailable");
    const port = Number(new URL(gone.issuer).port);
    const back = await startIdentityProvider({ port });
    expect(await browser.begin()).toMatch(new RegExp(`^${back.issuer}/auth`));
    await back.close();
  });

  test.each(["/oidc/callback", "/oidc/callback?code=x", "/oidc/callback?state=a&state=b&code=x"])(
    "%s of nobody",
    async (url) => {
      const browser = await person();
      await browser.begin();
      expect(problemOf(await browser.ask(url))).toBe("expired");
    },
  );
});

describe("a person of several projects", () => {
  const choose = (browser: PersonBrowser, project: string | null) =>
    browser.ask("/trpc/sessions.chooseProject", { method: "POST", body: { project } });

  test("begins in the first of the settings, and chooses another", async () => {
    const browser = await person();
    await browser.signIn("both");
    const before = await sessionOf(browser);
    expect(before.body).toMatchObject({
      project: { name: "Shop" },
      projects: [{ name: "Shop" }, { name: "Other" }],
    });
    expect((await choose(browser, api.otherProjectId)).statusCode).toBe(200);
    const after = await sessionOf(browser);
    expect(after.body).toMatchObject({ project: { name: "Other" }, permissions: ["Viewer"] });
    const dispatch = { method: "POST", body: { toNumber: "+15550100100", say: "x" } } as const;
    expect((await browser.ask("/api/call-log", dispatch)).statusCode).toBe(403);
  });

  test("chooses none of others", async () => {
    const browser = await person();
    await browser.signIn("ada");
    expect((await choose(browser, api.otherProjectId)).statusCode).toBe(403);
    expect((await choose(browser, null)).statusCode).toBe(403);
    expect((await choose(browser, "nonsense")).statusCode).toBe(400);
    expect((await sessionOf(browser)).body).toMatchObject({ project: { name: "Shop" } });
  });

  test("acts in no project that the page does not show", async () => {
    const server = await serverFor();
    const browser = new PersonBrowser(server);
    await browser.signIn("both");
    const cookie = `call-log-session=${browser.cookies.get("call-log-session")}`;
    const count = (shown: string) =>
      server.inject({
        method: "POST",
        url: "/api/call-log/count",
        headers: { cookie, "x-call-log-project": shown },
      });
    expect((await count(api.projectId)).statusCode).toBe(200);
    await choose(browser, api.otherProjectId);
    const late = await count(api.projectId);
    expect(late.statusCode).toBe(409);
    expect(late.json()).toMatchObject({ message: expect.stringMatching(/another window/) });
    expect((await count(api.otherProjectId)).statusCode).toBe(200);
  });
});

describe("what the settings give", () => {
  test("an operator is of no project", async () => {
    const browser = await person();
    await browser.signIn("grace");
    expect((await sessionOf(browser)).body).toMatchObject({
      project: null,
      permissions: ["Operator"],
      projects: [null],
    });
    expect((await browser.ask("/trpc/projects.get")).statusCode).toBe(403);
  });

  test("they take at once: the session of a group without a permission is over", async () => {
    const browser = await person();
    await browser.signIn("both");
    const cookie = `call-log-session=${browser.cookies.get("call-log-session")}`;
    const asked = async (left: GroupGrant[]) => {
      const server = await serverFor({ grants: left });
      return (await server.inject({ url: "/session", headers: { cookie } })).statusCode;
    };
    expect(await asked(grants)).toBe(200);
    expect(await asked(grants.filter(({ group }) => group !== "oncall"))).toBe(401);
    expect(await asked([])).toBe(401);
  });

  test("the sign-in page gets the available sign-in methods", async () => {
    const browser = await person();
    expect((await browser.ask("/session/methods")).json()).toEqual({
      apiKey: true,
      oidcUrl: `${DASHBOARD_URL}/oidc/sign-in`,
    });
    const { body } = await api.ask("GET", "/session/methods", { key: null });
    expect(body).toEqual({ apiKey: true, oidcUrl: null });
    expect((await api.ask("GET", "/oidc/sign-in", { key: null })).status).toBe(404);
  });
});
