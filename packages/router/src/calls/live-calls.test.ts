import type { CallRecord } from "@call-log/model";
import { waitFor } from "@call-log/testing";
import { isTrackedEnvelope } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";
import type { LiveCalls } from "./live-calls.ts";

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

interface Listening {
  events: LiveCalls[];
  lastId: () => string | undefined;
  failure: () => unknown;
  leave: () => void;
}

async function listen(
  input: object,
  options: Parameters<FreshRouter["caller"]>[0] = { permissions: ["Viewer"] },
): Promise<Listening> {
  const going = new AbortController();
  onTestFinished(() => going.abort());
  const caller = await fresh.caller({ ...options, signal: going.signal });
  const events: LiveCalls[] = [];
  let lastId: string | undefined;
  let failure: unknown;
  void (async () => {
    try {
      for await (const event of await caller.callLog.live(input)) {
        const envelope: unknown = event;
        if (!isTrackedEnvelope<LiveCalls>(envelope)) throw new Error("an event without an id");
        [lastId] = envelope;
        events.push(envelope[1]);
      }
    } catch (error) {
      failure = error;
    }
  })();
  return { events, lastId: () => lastId, failure: () => failure, leave: () => going.abort() };
}

const keepNow = (...records: Partial<Omit<CallRecord, "plan">>[]) =>
  fresh.keep(...records.map((one) => ({ updatedAt: new Date(), ...one })));

describe("live", () => {
  test("tells new calls that match with what was selected, and others by their id", async () => {
    const { events } = await listen({ query: { status: "Busy" }, select: { toNumber: true } });
    const [busy, queued] = await keepNow({ status: "Busy" }, { status: "Queued" });
    const all = () => events.flatMap(({ calls }) => calls);
    await waitFor(() => all().length > 0 && events.some(({ others }) => others.length > 0));
    expect(all()).toContainEqual({ _id: busy!._id, toNumber: "+15559998888" });
    expect(events.flatMap(({ others }) => others)).toContain(queued!._id);
    expect(all().map(({ _id }) => _id)).not.toContain(queued!._id);
  });

  test("goes on from the last event that was seen", async () => {
    const first = await listen({ select: { status: true } });
    await keepNow({ status: "Busy" });
    const lastEventId = await waitFor(() => first.lastId());
    first.leave();
    const [missed] = await keepNow({ status: "Failed" });
    const again = await listen({ select: { status: true }, lastEventId });
    const told = () => again.events.flatMap(({ calls }) => calls);
    await waitFor(() => told().some(({ _id }) => _id === missed!._id));
    expect(told()).toContainEqual({ _id: missed!._id, status: "Failed" });
  });

  test("loses a key that is revoked, within seconds", async () => {
    const { id, key } = await fresh.keyWith(["Viewer"]);
    const { failure } = await listen({}, { apiKeys: [key] });
    await fresh.store.keys.revoke(id);
    expect(await waitFor(failure)).toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("is not for a key that may not read, and refuses another id than its own", async () => {
    const dispatching = await listen({}, { permissions: ["Dispatch Call"] });
    expect(await waitFor(dispatching.failure)).toMatchObject({ code: "FORBIDDEN" });
    const { failure } = await listen({ lastEventId: "7" });
    expect(await waitFor(failure)).toMatchObject({
      code: "BAD_REQUEST",
      message: "lastEventId: must be the id of an event of this subscription",
    });
  });
});
