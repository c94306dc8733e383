import { createHash, createHmac } from "node:crypto";

import { callbackSecret } from "@call-log/provider";
import { deriveSecrets, openSecrets } from "@call-log/runtime";
import { collectionsOf } from "@call-log/store/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "./testing/fresh-api.ts";

const SECRET_KEY = "a secret that is in the environment only, 5tgb6yhn";
const ATTEMPT = "376d7300-28fe-11f1-b591-3fdcef396aba-1";

let api: FreshApi;
let token: string;
beforeAll(async () => {
  api = await freshApi();
  await api.store.instance.secret();
  const [owner] = await api.store.keys.list(api.otherProjectId);
  const holder = { kind: "key", keyId: owner!.id } as const;
  ({ token } = await api.store.sessions.begin({ holder, seconds: 3600 }));
});
afterAll(() => api[Symbol.asyncDispose]());

/** A server of a process that starts with these settings, more than a day after the first one. */
async function serverOf(settings: { SECRET_KEY?: string }) {
  const open = (now: () => Date) =>
    openSecrets({
      instance: api.store.instance,
      settings: { SECRET_KEY: undefined, SECRET_KEY_PREVIOUS: undefined, ...settings },
      now,
      log: { warn: () => undefined },
    });
  await collectionsOf(api.store).settings.deleteOne({ _id: "secretMark" });
  await open(() => new Date(Date.now() - 25 * 3_600_000));
  // A carrier without a signature of its own: what holds is the address alone.
  const simulated = api.dependencies.providers["simulated"]!;
  const providers = { simulated: { ...simulated, readCallback: () => ({ events: [] }) } };
  return api.serverWith({ secrets: await open(() => new Date()), providers });
}

/** Every text in every document of the database: what somebody has who has a copy. */
async function textsInDatabase(): Promise<string[]> {
  const collections = Object.values(collectionsOf(api.store));
  const documents = await Promise.all(
    collections.map((collection) => (collection as (typeof collections)[0]).find({}).toArray()),
  );
  const texts = [...JSON.stringify(documents).matchAll(/"((?:[^"\\]|\\.)*)"/g)];
  expect(texts.length).toBeGreaterThan(20);
  return texts.map(([, text]) => text!);
}

async function statusOfSession(server: FreshApi["server"], cookie: string): Promise<number> {
  const headers = { cookie: `call-log-session=${cookie}` };
  return (await server.inject({ method: "GET", url: "/session", headers })).statusCode;
}

/** What a cookie could be: each text in any form, and what an older release would have signed with it. */
async function forgedSessions(server: FreshApi["server"]): Promise<number[]> {
  const [owner] = await api.store.keys.list(api.otherProjectId);
  const content = `${owner!.id}.${Math.floor(Date.now() / 1000) + 3600}`;
  const cookies = (await textsInDatabase()).flatMap((text) => {
    const forms = [text, Buffer.from(text, "hex").toString("base64url"), text.replace(/=+$/, "")];
    const signed = forms.map(
      (key) =>
        `${content}.${createHmac("sha256", key).update(`session.${content}`).digest("base64url")}`,
    );
    return [...forms, ...signed];
  });
  return [
    ...new Set(
      await Promise.all(
        cookies.map((cookie) => statusOfSession(server, encodeURIComponent(cookie))),
      ),
    ),
  ];
}

/** What a callback could be signed with: each text as it is, decoded, and what is derived from either. */
async function forgedCallbacks(server: FreshApi["server"]): Promise<number[]> {
  const keys = (await textsInDatabase()).flatMap((text) => {
    const bytes = Buffer.from(text, "base64");
    const derived = [text, bytes].map((master) => deriveSecrets([{ master }]).callbacks.current);
    return [text, bytes.toString("base64url"), ...derived];
  });
  const answers = keys.map(async (key) => {
    const url = `/hooks/simulated/${ATTEMPT}/${callbackSecret(key, ATTEMPT)}/status`;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return (await server.inject({ method: "POST", url, headers, payload: "a=b" })).statusCode;
  });
  return [...new Set(await Promise.all(answers))];
}

describe("somebody with a copy of the whole database", () => {
  test("forges neither a session nor a callback where SECRET_KEY is set", async () => {
    const server = await serverOf({ SECRET_KEY });
    expect(await forgedSessions(server)).toEqual([401]);
    expect(await forgedCallbacks(server)).toEqual([403]);
    // The cookie of which the database has the hash is good here: the guesses are refused for what they are.
    expect(await statusOfSession(server, token)).toBe(200);
    const hash = createHash("sha256").update(token).digest("hex");
    expect(await textsInDatabase()).toContain(hash);
  });

  test("forges a callback where it is not, which shows that the guesses are good ones", async () => {
    const server = await serverOf({});
    expect(await forgedSessions(server)).toEqual([401]);
    expect(await forgedCallbacks(server)).toContain(204);
  });
});
