import { randomUUID } from "node:crypto";

import type { CallRecord } from "@call-log/model";
import type { DatabaseCommand } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { waitFor } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { createStreamSlots } from "../stream-slots.ts";
import { type CallerOptions, freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const SELECT = { status: true } as const;
const VIEWER: CallerOptions = { permissions: ["Viewer"] };

const ringing = async () => (await fresh.keep({ status: "Ringing" }))[0]!._id;

const change = (_id: string, $set: Partial<CallRecord>) =>
  collectionsOf(fresh.store).callLogs.updateOne(
    { _id },
    { $set: { updatedAt: new Date(), ...$set }, $inc: { revision: 1 } },
  );

/** A feed that counts who listens to it. */
function countingFeed() {
  const feed = fresh.store.createFeed({ now: () => new Date(), everyMs: 20 });
  onTestFinished(() => feed.close());
  let listeners = 0;
  return {
    listeners: () => listeners,
    close: () => feed.close(),
    async *listen(request: Parameters<typeof feed.listen>[0]) {
      listeners += 1;
      try {
        yield* feed.listen(request);
      } finally {
        listeners -= 1;
      }
    },
  };
}

describe("wait", () => {
  test("answers at once when the condition holds, or can't any more", async () => {
    const [call] = await fresh.keep({ status: "Busy" });
    const feed = countingFeed();
    const { callLog } = await fresh.caller({ ...VIEWER, feed });
    const ended = await callLog.wait({ id: call!._id, select: SELECT });
    expect(ended).toEqual({ result: "met", call: { _id: call!._id, status: "Busy" } });
    const missed = await callLog.wait({ id: call!._id, until: "acknowledged" });
    expect(missed).toEqual({ result: "missed", call: { _id: call!._id } });
  });

  test("answers when another process has ended the call", async () => {
    const id = await ringing();
    const feed = countingFeed();
    const { callLog } = await fresh.caller({ ...VIEWER, feed });
    const waiting = callLog.wait({ id, select: SELECT, timeout: 55 });
    await waitFor(() => feed.listeners() === 1);
    await change(id, { status: "In Progress" });
    await change(id, { status: "Completed" });
    expect(await waiting).toEqual({ result: "met", call: { _id: id, status: "Completed" } });
    await waitFor(() => feed.listeners() === 0, { describe: "the listener leaves" });
  });

  test("misses no change between its first look and its listening", async () => {
    const id = await ringing();
    const feed = countingFeed();
    const others = feed.listen({ projectId: fresh.projectId, since: null });
    await others.next();
    const reader = fresh.store.createReader();
    let looks = 0;
    const item: typeof reader.item = async (request) => {
      const found = await reader.item(request);
      looks += 1;
      if (looks > 1) return found;
      await change(id, { status: "Completed" });
      // Whoever listens already has heard of it, so that it is not reported again.
      const isHeard = async () => (await others.next()).value?.ids.includes(id);
      while ((await isHeard()) !== true);
      return found;
    };
    const { callLog } = await fresh.caller({ ...VIEWER, feed, reader: { ...reader, item } });
    const waiting = callLog.wait({ id, timeout: 55 });
    let result: string | undefined;
    void waiting.then((answer) => (result = answer.result));
    expect(await waitFor(() => result)).toBe("met");
  });

  test("is not ended by the change of another call, and says when the time is over", async () => {
    const [id, other] = [await ringing(), await ringing()];
    const { callLog } = await fresh.caller(VIEWER);
    const waiting = callLog.wait({ id, select: SELECT, timeout: 1 });
    await change(other, { status: "Completed" });
    expect(await waiting).toEqual({ result: "timed-out", call: { _id: id, status: "Ringing" } });
    expect(await callLog.wait({ id, timeout: 0 })).toMatchObject({ result: "timed-out" });
  });

  test("answers at once when the process stops, so that the caller asks another one", async () => {
    const id = await ringing();
    const feed = countingFeed();
    const { callLog } = await fresh.caller({ ...VIEWER, feed });
    const waiting = callLog.wait({ id, select: SELECT, timeout: 55 });
    await waitFor(() => feed.listeners() === 1);
    feed.close();
    expect(await waiting).toEqual({ result: "interrupted", call: { _id: id, status: "Ringing" } });
    expect(fresh.unexpected).toEqual([]);
  });

  test("stops when the caller has gone, and gives its slot back", async () => {
    const id = await ringing();
    const feed = countingFeed();
    const streams = createStreamSlots({ perKey: 1, inAll: 1 });
    const { key } = await fresh.keyWith(["Viewer"]);
    const going = new AbortController();
    const options = { feed, streams, apiKeys: [key] };
    const { callLog } = await fresh.caller({ ...options, signal: going.signal });
    const waiting = callLog.wait({ id, timeout: 55 });
    await waitFor(() => feed.listeners() === 1);
    const again = await fresh.caller(options);
    await expect(again.callLog.wait({ id, timeout: 0 })).rejects.toMatchObject({
      code: "TOO_MANY_REQUESTS",
    });
    going.abort();
    await waiting;
    expect(await again.callLog.wait({ id, timeout: 0 })).toMatchObject({ result: "timed-out" });
  });

  test("many waits for one call share the reads of it", async () => {
    const id = await ringing();
    const feed = countingFeed();
    let reads = 0;
    const onCommand = ({ name, collection }: DatabaseCommand) => {
      if (name === "find" && collection === "callLogs") reads += 1;
      return () => undefined;
    };
    const store = await fresh.storeWith({ onCommand });
    onTestFinished(() => store.close());
    const { callLog } = await fresh.caller({ ...VIEWER, feed, reader: store.createReader() });
    const many = Array.from({ length: 50 }, () => callLog.wait({ id, timeout: 55 }));
    await waitFor(() => feed.listeners() === 50);
    await change(id, { status: "Completed" });
    const answers = await Promise.all(many);
    expect(answers.map(({ result }) => result)).toEqual(many.map(() => "met"));
    expect(reads).toBeLessThan(20);
  });

  test("is about the key's project only, shows what the key may see, and names what is wrong", async () => {
    const [call] = await fresh.keep({ status: "Busy", toNumber: "+15550100123" });
    const [foreign] = await fresh.keep({ projectId: fresh.otherProjectId });
    const { callLog } = await fresh.caller({ permissions: ["Read Masked Call Log"] });
    const masked = await callLog.wait({ id: call!._id, select: { toNumber: true } });
    expect(masked.call.toNumber).toBe("+1555•••••23");
    for (const id of [foreign!._id, randomUUID()]) {
      const missing = { code: "NOT_FOUND" };
      await expect(callLog.wait({ id })).rejects.toMatchObject(missing);
      await expect(callLog.follow({ id })).rejects.toMatchObject(missing);
    }
    await expect(callLog.wait({ id: call!._id, until: "over" as never })).rejects.toMatchObject({
      message: "until: must be one of: dialed, answered, acknowledged, ended, priced",
    });
    await expect(callLog.wait({ id: call!._id, timeout: 56 })).rejects.toMatchObject({
      message: "timeout: must be a whole number from 0 to 55",
    });
  });

  test("ends when the key is revoked", async () => {
    const id = await ringing();
    const { id: keyId, key } = await fresh.keyWith(["Viewer"]);
    const { callLog } = await fresh.caller({ apiKeys: [key] });
    const waiting = callLog.wait({ id, timeout: 55 });
    await fresh.store.keys.revoke(keyId);
    await expect(waiting).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});

describe("follow", () => {
  test("has the call as it stands, each change, and ends with its end", async () => {
    const id = await ringing();
    const { callLog } = await fresh.caller(VIEWER);
    const heard: unknown[] = [];
    const ended = (async () => {
      for await (const event of await callLog.follow({ id, select: SELECT }))
        heard.push((event as unknown as [string, unknown])[1]);
    })();
    await waitFor(() => heard.length === 1);
    await change(id, { status: "In Progress" });
    await waitFor(() => heard.length === 2);
    await change(id, { status: "Completed" });
    await ended;
    expect(heard).toEqual([
      { call: { _id: id, status: "Ringing" }, isOver: false },
      { call: { _id: id, status: "In Progress" }, isOver: false },
      { call: { _id: id, status: "Completed" }, isOver: true },
    ]);
  });
});
