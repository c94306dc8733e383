import type { CallRecord } from "@call-log/model";
import { collectionsOf } from "@call-log/store/testing";
import { waitFor } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import type { ApiDependencies } from "../api-dependencies.ts";
import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const keepOne = async (record: Partial<Omit<CallRecord, "plan">> = {}) =>
  (await api.keep({ status: "Ringing", updatedAt: new Date(), ...record }))[0]!._id;

const change = (_id: string, $set: Partial<CallRecord>) =>
  collectionsOf(api.store).callLogs.updateOne(
    { _id },
    { $set: { updatedAt: new Date(), ...$set }, $inc: { revision: 1 } },
  );

/** A server of a test's own that listens. */
async function listening(overrides: Partial<ApiDependencies> = {}) {
  const server = await api.serverWith(overrides);
  return { server, url: await server.listen({ host: "127.0.0.1", port: 0 }) };
}

interface Heard {
  event?: string;
  id?: string;
  data: Record<string, unknown>;
}

/** Open a stream as a program does that knows HTTP only. */
async function open(address: string, headers: Record<string, string> = {}) {
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  const { signal } = gone;
  const response = await fetch(address, { headers: { ApiKey: api.key, ...headers }, signal });
  let text = "";
  const ended = (async () => {
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) text += part;
  })();
  ended.catch(() => undefined);
  return { response, text: () => text, events: () => eventsOf(text), ended };
}

function eventsOf(text: string): Heard[] {
  const whole = text.split("\n\n").slice(0, -1);
  return whole.flatMap((block) => {
    const fields = Object.fromEntries(
      block.split("\n").map((line) => {
        const colon = line.indexOf(": ");
        return [line.slice(0, colon), line.slice(colon + 2)] as const;
      }),
    );
    const { event, id, data } = fields;
    return data === undefined ? [] : [{ event, id, data: JSON.parse(data) } as Heard];
  });
}

describe("GET /api/call-log/:id/wait", () => {
  test("answers with the whole call log when it has ended", async () => {
    const id = await keepOne();
    const waiting = api.ask("GET", `/api/call-log/${id}/wait?timeout=55`);
    await change(id, { status: "Completed" });
    const { status, body } = await waiting;
    expect(status).toBe(200);
    const { body: whole } = await api.ask("GET", `/calls/${id}`);
    expect(body).toEqual({ result: "met", call: whole });
  });

  test("says that the time is over, with the selected properties", async () => {
    const id = await keepOne();
    const url = `/api/call-log/${id}/wait?timeout=0&until=answered&select=status,toNumber`;
    expect((await api.ask("GET", url)).body).toEqual({
      result: "timed-out",
      call: { _id: id, status: "Ringing", toNumber: "+15559998888" },
    });
  });

  test("a server that closes answers what waits, with a hint to ask again", async () => {
    const feed = api.store.createFeed({ now: () => new Date(), everyMs: 20 });
    let isWaiting = false;
    const listen: typeof feed.listen = (request) => {
      isWaiting = true;
      return feed.listen(request);
    };
    const { server, url } = await listening({ feed: { ...feed, listen } });
    const id = await keepOne();
    const address = `${url}/api/call-log/${id}/wait?timeout=55&select=status`;
    const waiting = fetch(address, { headers: { ApiKey: api.key } });
    await waitFor(() => isWaiting);
    await server.close();
    const answer = await waiting;
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([200, "1"]);
    expect(await answer.json()).toEqual({
      result: "interrupted",
      call: { _id: id, status: "Ringing" },
    });
  });

  test.each([
    ["timeout=56", "timeout: must be a whole number from 0 to 55"],
    ["timeout=1.5", "timeout: must be a whole number from 0 to 55"],
    ["timeout=1&timeout=2", "timeout: must be given once"],
    ["until=over", "until: must be one of: dialed, answered, acknowledged, ended, priced"],
    ["select=", "select: must be some of: _id, createdAt"],
    ["select=status,nothing", "select: must be some of: _id, createdAt"],
    [
      "seconds=5",
      'there is no parameter "seconds" in this address; allowed: until, timeout, select',
    ],
  ])("?%s is refused in words", async (query, words) => {
    const { status, body } = await api.ask("GET", `/api/call-log/${await keepOne()}/wait?${query}`);
    expect(status).toBe(400);
    expect(body["message"]).toContain(words);
  });
});

describe("GET /api/call-log/:id/events", () => {
  test("has the call at first, its changes, and its end; then 204", async () => {
    const { url } = await listening();
    const id = await keepOne();
    const address = `${url}/api/call-log/${id}/events?select=status`;
    const { response, events, ended } = await open(address, { "accept-encoding": "gzip" });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    expect(response.headers.get("content-encoding")).toBeNull();
    await waitFor(() => events().length === 1);
    await change(id, { status: "In Progress" });
    await waitFor(() => events().length === 2);
    await change(id, { status: "Busy" });
    await ended;
    expect(events().map(({ event, data }) => [event, data])).toEqual([
      ["call-log", { _id: id, status: "Ringing" }],
      ["call-log", { _id: id, status: "In Progress" }],
      ["ended", { _id: id, status: "Busy" }],
    ]);
    const lastId = events().at(-1)!.id!;
    const again = await open(address, { "last-event-id": lastId });
    expect([again.response.status, again.text()]).toEqual([204, ""]);
    const older = await open(address, { "last-event-id": events()[0]!.id! });
    await older.ended;
    expect(older.events()).toMatchObject([{ event: "ended", id: lastId }]);
  });

  test("a call that is not there is a 404, before any stream", async () => {
    const address = "/api/call-log/00000000-0000-4000-8000-000000000000/events";
    expect(await api.ask("GET", address)).toMatchObject({
      status: 404,
      body: { code: "NOT_FOUND" },
    });
  });
});

describe("GET /api/call-log/events", () => {
  test("has the calls of the project that have a status, and resumes", async () => {
    const { server, url } = await listening();
    const address = `${url}/api/call-log/events?status=Busy,No%20Answer&select=status`;
    const first = await open(address);
    const failed = await keepOne({ status: "Failed" });
    const foreign = await keepOne({ status: "Busy", projectId: api.otherProjectId });
    const busy = await keepOne({ status: "Busy" });
    const heard = () => first.events().map(({ data }) => data["_id"]);
    await waitFor(() => heard().includes(busy));
    expect(heard()).not.toContain(failed);
    expect(heard()).not.toContain(foreign);
    const last = first.events().at(-1);
    expect(last).toMatchObject({ event: "call-log", id: expect.any(String) });
    expect(Object.keys(last!.data)).toEqual(["_id", "status"]);
    // Closing waits for the streams: neither ends where one is left open.
    await Promise.all([server.close(), first.ended]);
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    const missed = await keepOne({ status: "No Answer", updatedAt: minutesAgo(2) });
    const other = await listening();
    const second = await open(`${other.url}/api/call-log/events?status=No%20Answer&select=status`, {
      "last-event-id": minutesAgo(3).toISOString(),
    });
    await waitFor(() => second.events().some(({ data }) => data["_id"] === missed));
  });

  test("shows a masked key no number", async () => {
    const { url } = await listening();
    const { key } = await api.keyWith(["Read Masked Call Log"]);
    const { events, text } = await open(`${url}/api/call-log/events`, { ApiKey: key });
    const id = await keepOne({ toNumber: "+15550100123" });
    await waitFor(() => events().some(({ data }) => data["_id"] === id));
    expect(text()).not.toContain("5550100123");
  });

  test("ends with the reason when the key is revoked", async () => {
    const { url } = await listening();
    const { id, key } = await api.keyWith(["Viewer"]);
    const { events, ended } = await open(`${url}/api/call-log/events`, { ApiKey: key });
    await api.store.keys.revoke(id);
    await ended;
    expect(events().at(-1)).toMatchObject({ event: "error", data: { code: "UNAUTHORIZED" } });
  });

  test.each([
    ["?status=Nobody", {}, "status: must be some of: Scheduled, Queued"],
    ["", { "last-event-id": "7" }, "lastEventId: must be the id of an event of this subscription"],
  ])("%s with %j is refused in words", async (query, headers, words) => {
    const answer = await api.ask("GET", `/api/call-log/events${query}`, { headers });
    expect(answer.status).toBe(400);
    expect(answer.body["message"]).toContain(words);
  });
});
