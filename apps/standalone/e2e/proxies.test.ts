import { readFile } from "node:fs/promises";
import http2 from "node:http2";

import { createCallLogClient, type CallRequestInput } from "@call-log/client";
import { waitFor } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { FROM_NUMBER, KEY, startBehind, type Addresses } from "./proxy-installation.ts";
import { PROXIES } from "./proxy-process.ts";
import { ask, lookup, type ProxyRequest } from "./proxy-request.ts";

/** Largest body that call-log takes, and largest callback, in bytes. */
const [BODY_LIMIT, CALLBACK_LIMIT] = [1_048_576, 65_536];

const menu: CallRequestInput = {
  toNumber: "+15550100100",
  fromNumber: FROM_NUMBER,
  reachedWhen: "acknowledged",
  say: [{ gather: { say: "Press 4.", on: { "4": { acknowledge: true, say: "Thank you." } } } }],
};

const names = Object.keys(PROXIES) as (keyof typeof PROXIES)[];
const present = names.filter((name) => PROXIES[name].program !== undefined);

function post(body: unknown, headers: Record<string, string> = {}): ProxyRequest {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: text,
  };
}

/** Signs in at a site as a browser does whose address bar has `origin`. */
async function signIn(
  site: string,
  { origin, from, path = "/session", ...headers }: Record<string, string> = {},
) {
  const own = {
    origin: origin ?? new URL(site).origin,
    "sec-fetch-site": "same-origin",
    ...headers,
  };
  const answer = await ask(site, path, { ...post({ apiKey: KEY }, own), ...(from && { from }) });
  const setCookie = answer.headers["set-cookie"]?.[0] ?? "";
  const { status } = answer;
  return { status, setCookie, cookie: setCookie.split(";")[0]!, text: await answer.whole() };
}

/** Addresses of the sessions that were begun with this user agent. */
async function addressesOf(url: string, userAgent: string) {
  const { sessions } = await createCallLogClient({ url, apiKey: KEY }).sessions.list.query();
  return sessions.filter((one) => one.userAgent === userAgent).map(({ address }) => address);
}

/** Places a call through an account; what is said of it once it is over. */
async function callThrough(url: string, account: string) {
  const client = createCallLogClient({ url, apiKey: KEY });
  await client.projects.update.mutate({ providerChain: [account] });
  const { _id: id } = await client.calls.dispatch.mutate(menu);
  const select = { status: true, attempts: true } as const;
  return waitFor(
    async () => {
      const item = await client.callLog.getItem.query({ id, select });
      return ["Completed", "Not Reached", "Failed"].includes(item.status ?? "") && item;
    },
    { describe: `the end of a call through ${account}` },
  );
}

describe.skipIf(present.length === 0).each(names)("behind %s", (name) => {
  let at: Addresses;
  let close: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    ({ addresses: at, close } = await startBehind(name));
  });
  afterAll(() => close?.());

  test("people sign in where the proxy passes Host, and where it does not, at an address of the settings", async () => {
    const passed = await signIn(at.calls);
    expect(passed).toMatchObject({ status: 200, setCookie: expect.stringMatching(/; Secure/) });
    const who = await ask(at.calls, "/session", { headers: { cookie: passed.cookie } });
    expect(who.status).toBe(200);
    expect((await signIn(at.plain, { origin: at.hooks })).status).toBe(200);
  });

  test("the answer says what to set where the address is unknown", async () => {
    const { status, text } = await signIn(at.plain, { origin: at.calls });
    expect(status).toBe(403);
    expect(text).toMatch(/set DASHBOARD_URL .* or let the reverse proxy pass Host/);
  });

  const streams = ["/trpc/callLog.live?input={}", "/api/call-log/events?select=status"];
  const sites = ["calls", "plain"] as const;
  const live = sites.flatMap((site) => streams.map((path) => [site, path] as const));
  test.each(live)("live changes arrive at once at %s, by %s", async (site, path) => {
    const { cookie } = await signIn(at[site], { origin: at.hooks });
    const stream = await ask(at[site], path, { headers: { cookie } });
    expect(stream.headers["content-type"]).toMatch(/^text\/event-stream/);
    const client = createCallLogClient({ url: at.api, apiKey: KEY });
    const { _id } = await client.calls.dispatch.mutate(menu);
    await waitFor(() => stream.text().includes(_id), { describe: "the event of the call" });
    expect(stream.isOver()).toBe(false);
    stream.close();
  });

  test.each(["twilio", "telnyx"])("callbacks of %s are genuine", async (account) => {
    const { status, attempts } = await callThrough(at.api, account);
    expect({ status, attempts: attempts?.length }).toEqual({ status: "Completed", attempts: 1 });
  });

  test.each(["twilio", "telnyx"])("callbacks of %s are genuine under a prefix", async (account) => {
    expect((await callThrough(at.prefixed, account)).status).toBe("Completed");
  });

  test("addresses are those of the callers, whatever they write", async () => {
    const forged = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "http" };
    const seen = { ...forged, from: "127.0.0.5", "user-agent": "through" };
    expect((await signIn(at.calls, seen)).setCookie).toMatch(/; Secure/);
    expect(await addressesOf(at.api, "through")).toEqual(["127.0.0.5"]);

    const secure = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" };
    const past = await signIn(at.api, { ...secure, from: "127.0.0.6", "user-agent": "past" });
    expect(past).toMatchObject({ status: 200, setCookie: expect.not.stringMatching(/; Secure/) });
    expect(await addressesOf(at.api, "past")).toEqual(["127.0.0.6"]);

    // This one believes no proxy; that the page is on https, its browser says.
    const unset = { ...secure, from: "127.0.0.7", "user-agent": "unset", path: "/voice/session" };
    expect((await signIn(at.plain, unset)).setCookie).toMatch(/; Secure/);
    expect(await addressesOf(at.prefixed, "unset")).toEqual(["127.0.0.1"]);
  });

  test("who tries keys is stopped by address, whatever is written of it", async () => {
    const tries = async (from: string, index: number) => {
      const headers = { apikey: `wrong-${from}-${index}`, "x-forwarded-for": `203.0.113.${index}` };
      return (await ask(at.calls, "/api/call-log/count", { ...post({}, headers), from })).status;
    };
    const statuses = [];
    for (const index of [1, 2, 3, 4]) statuses.push(await tries("127.0.0.8", index));
    expect(statuses).toEqual([401, 401, 429, 429]);
    expect(await tries("127.0.0.9", 1)).toBe(401);
  });

  test("the public site has callbacks alone, also for those who name another", async () => {
    const callback = await ask(at.hooks, "/hooks/twilio/a/b/status", post("x=1"));
    expect({ status: callback.status, text: await callback.whole() }).toMatchObject({
      status: 403,
      text: expect.stringContaining("not genuine"),
    });
    const paths = [
      "/",
      "/session",
      "/docs",
      "/openapi.json",
      "/api/call-log",
      "/trpc/callLog.live",
    ];
    const ways = ["/hooks/../", "/hooks/%2e%2e/", "/hooks/..%2f", "//hooks/../", "/hooks/./../"];
    const inner = ["/metrics", "/health/live", "/health/ready", "/HEALTH/ready"];
    const all = [...paths, ...inner, ...ways.map((way) => `${way}health/live`)];
    for (const path of all)
      expect(`${path} ${(await ask(at.hooks, path)).status}`).toMatch(/ 40[04]$/);
    for (const path of inner)
      expect([path, (await ask(at.calls, path)).status]).toEqual([path, 403]);
    for (const path of ["/", "/session", "/hooks/../session"])
      expect((await ask(at.calls, path, { from: "127.0.1.1" })).status).toBe(403);
  });

  test("bodies are taken up to the limits of call-log, which refuses larger ones itself", async () => {
    const send = async (site: string, path: string, bytes: number) => {
      const answer = await ask(site, path, post("x".repeat(bytes), { apikey: KEY }));
      return `${answer.status} ${await answer.whole()}`;
    };
    const api = "/api/call-log/count";
    expect(await send(at.calls, api, BODY_LIMIT)).toMatch(/^400 /);
    expect(await send(at.calls, api, BODY_LIMIT + 1)).toMatch(/^413 .*"PAYLOAD_TOO_LARGE"/);
    const callback = "/hooks/twilio/a/b/status";
    expect(await send(at.hooks, callback, CALLBACK_LIMIT)).toMatch(/^403 /);
    expect(await send(at.hooks, callback, CALLBACK_LIMIT + 1)).toMatch(
      /^413 .*"PAYLOAD_TOO_LARGE"/,
    );
  });

  test("the proxy closes idle connections before call-log does", async () => {
    const answer = await fetch(`${at.api}/session/methods`);
    await answer.arrayBuffer();
    const kept = Number(/timeout=(\d+)/.exec(answer.headers.get("keep-alive") ?? "")?.[1]);
    const file = await readFile(new URL(`../../../${PROXIES[name].file}`, import.meta.url), "utf8");
    const [, seconds] = /keepalive(?:_timeout)? (\d+)s/.exec(file) ?? [];
    expect(Number(seconds)).toBeLessThan(kept - 5);
  });

  test("browsers get HTTP/2, so that streams do not use up their connections", async () => {
    const session = http2.connect(at.calls, { lookup });
    const request = session.request({ ":path": "/session/methods" });
    const status = await new Promise((resolve, reject) => {
      session.once("error", reject);
      request.once("response", (headers) => resolve(headers[":status"]));
    });
    session.destroy();
    expect(status).toBe(200);
  });
});
