import { createCallLogClient } from "@call-log/client";
import { waitFor } from "@call-log/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

/** Listen on a server of a test's own. */
async function listening() {
  const server = await api.serverWith({});
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  const { id, key } = await api.keyWith(["Viewer"]);
  const heard: string[] = [];
  const states: string[] = [];
  const failures: unknown[] = [];
  const client = createCallLogClient({ url, apiKey: key });
  const subscription = client.callLog.live.subscribe(
    { select: { status: true } },
    {
      onData: ({ data }) => heard.push(...data.calls.map(({ _id }) => _id)),
      onConnectionStateChange: ({ state }) => states.push(state),
      onError: (error) => failures.push(error),
    },
  );
  onTestFinished(() => subscription.unsubscribe());
  await waitFor(() => states.includes("pending"), { describe: "the stream" });
  return { server, url, keyId: id, heard, states, failures };
}

/** A stream of events without a client, which would choose for itself when and where it comes again. */
async function openStream(url: string, headers: Record<string, string> = {}) {
  const stream = await fetch(`${url}/trpc/callLog.live?input={}`, {
    headers: { ApiKey: api.key, ...headers },
  });
  let heard = "";
  const ended = (async () => {
    for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) heard += part;
  })();
  return { heard: () => heard, ended };
}

test("the typed client hears of new calls over a stream of events", async () => {
  const { heard, failures } = await listening();
  const [kept] = await api.keep({ updatedAt: new Date() });
  await waitFor(() => heard.includes(kept!._id));
  expect(failures).toEqual([]);
});

test("closing the server ends the streams; a client that reconnects gets what it missed", async () => {
  const { server, url } = await listening();
  const first = await openStream(url);
  const [before] = await api.keep({ updatedAt: new Date() });
  await waitFor(() => first.heard().includes(before!._id));
  // Closing waits for the streams: neither of these ends where they are left open.
  await Promise.all([server.close(), first.ended]);
  // Longer ago than a stream looks back by itself.
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  const [missed] = await api.keep({ updatedAt: minutesAgo(2) });
  const another = await listening();
  const lastEventId = minutesAgo(3).toISOString();
  const second = await openStream(another.url, { "last-event-id": lastEventId });
  const heard = await waitFor(() => second.heard().includes(missed!._id) && second.heard());
  expect(heard).toMatch(/^id: /m);
});

test("a session that has ended loses its stream, with the reason", async () => {
  const { url } = await listening();
  const body = JSON.stringify({ apiKey: api.key });
  const headers = { "content-type": "application/json" };
  const signedIn = await fetch(`${url}/session`, { method: "POST", headers, body });
  const cookie = signedIn.headers.getSetCookie()[0]!.split(";")[0]!;
  const stream = await fetch(`${url}/trpc/callLog.live?input={}`, { headers: { cookie } });
  let heard = "";
  const reading = (async () => {
    for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) heard += part;
  })();
  await waitFor(() => heard.includes("connected"), { describe: "the stream" });
  await fetch(`${url}/session`, { method: "DELETE", headers: { cookie } });
  await reading;
  expect(heard).toContain("The session is over. Sign in again.");
});

test("a revoked key loses its stream, with the reason", async () => {
  const { keyId, failures } = await listening();
  await api.store.keys.revoke(keyId);
  await waitFor(() => failures.length > 0);
  expect(failures[0]).toMatchObject({ data: { code: "UNAUTHORIZED" } });
});
