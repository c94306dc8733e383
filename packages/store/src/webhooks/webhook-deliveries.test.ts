import { describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { later, onEachStore } from "../testing/on-each-store.ts";
import type { ClaimedDelivery } from "./delivery-claims.ts";
import type { NewDelivery } from "./webhook-delivery-store.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const OTHER = "7c9e6679-7425-40de-944b-e07fc1f90ae8";
const ALL = { state: "all", skip: 0, limit: 100 } as const;
const TERMS = { limit: 10, leaseSeconds: 30 };
const ACTING = { actor: { kind: "key" as const, id: "k" } };

function delivery(sequence: number, overrides: Partial<NewDelivery> = {}): NewDelivery {
  const { callLogId = "call-1" } = overrides;
  return {
    kind: "webhook",
    projectId: PROJECT,
    endpointId: "endpoint-1",
    eventId: `${callLogId}-e${sequence}`,
    type: "call.status-changed",
    callLogId,
    sequence,
    body: `{"number":${sequence}}`,
    ...overrides,
  };
}

onEachStore((running) => {
  const deliveries = () => running.store.webhookDeliveries;
  const seconds = (count: number) => {
    running.clock = new Date(running.clock.getTime() + count * 1000);
  };
  const attempt = () => ({
    at: running.clock,
    milliseconds: 3,
    status: 500,
    error: "answered 500",
  });
  const arrival = () => ({ at: running.clock, milliseconds: 3, status: 204 });
  const done = async (one: ClaimedDelivery, state: "delivered" | "failed" = "delivered") =>
    (await deliveries().noteTry(one, { done: arrival(), end: { state } })).isOurs;
  const idsOf = (claimed: readonly { eventId: string }[]) => claimed.map(({ eventId }) => eventId);
  const claim = async (lane = "endpoint-1", terms = TERMS) => deliveries().claim(lane, terms);

  describe("deliveries", () => {
    test("that are made again stay as they are", async () => {
      await deliveries().add([delivery(1)]);
      const [first] = await claim();
      await done(first!);
      await deliveries().add([delivery(1, { body: "another" }), delivery(2)]);
      expect(await claim()).toMatchObject([
        { eventId: "call-1-e2", body: '{"number":2}', tryCount: 1 },
      ]);
      expect(await deliveries().find(PROJECT, first!._id)).toMatchObject({
        state: "delivered",
        body: '{"number":1}',
        tries: [{ status: 204 }],
      });
    });

    test("of one call to one endpoint go one after another, also over a retry", async () => {
      await deliveries().add([delivery(1), delivery(2), delivery(3)]);
      await deliveries().add([delivery(1, { callLogId: "call-2" })]);
      const first = await claim();
      expect(idsOf(first).toSorted()).toEqual(["call-1-e1", "call-2-e1"]);
      expect(await claim()).toEqual([]);
      const head = first.find(({ callLogId }) => callLogId === "call-1")!;
      const dueAt = later(5000 + 60_000);
      await deliveries().noteTry(head, { done: attempt(), end: { dueAt } });
      seconds(59);
      expect(idsOf(await claim()).filter((id) => id.startsWith("call-1"))).toEqual([]);
      seconds(1);
      const again = (await claim()).filter(({ callLogId }) => callLogId === "call-1");
      expect(again).toMatchObject([{ eventId: "call-1-e1", tryCount: 2 }]);
      await done(again[0]!);
      // At once, without a wait.
      expect(idsOf(await claim()).filter((id) => id.startsWith("call-1"))).toEqual(["call-1-e2"]);
    });

    test("that were given up let the next one go", async () => {
      await deliveries().add([delivery(1), delivery(2)]);
      const [head] = await claim();
      await done(head!, "failed");
      expect(idsOf(await claim())).toEqual(["call-1-e2"]);
    });

    test("are handed on within a process: who notes the end of one has the next of its order", async () => {
      const handOn = (one: ClaimedDelivery) =>
        deliveries().noteTry(one, {
          done: arrival(),
          end: { state: "delivered" },
          leaseSeconds: 30,
        });
      await deliveries().add([delivery(1), delivery(2), delivery(3)]);
      const [first] = await claim();
      const { next: second } = await handOn(first!);
      expect(second).toMatchObject({ eventId: "call-1-e2", body: '{"number":2}', tryCount: 1 });
      // It has a lease like one that was claimed, and the third one waits for it.
      expect(await claim()).toEqual([]);
      const retryAt = later(5000 + 60_000);
      const failed = { done: attempt(), end: { dueAt: retryAt }, leaseSeconds: 30 };
      expect(await deliveries().noteTry(second!, failed)).toEqual({ isOurs: true });
      seconds(60);
      const [again] = await claim();
      const { next: third } = await handOn(again!);
      expect(third).toMatchObject({ eventId: "call-1-e3" });
      expect(await handOn(third!)).toEqual({ isOurs: true });
    });

    test("are handed on to nobody while the next one waits for its retry", async () => {
      await deliveries().add([delivery(1), delivery(2)]);
      const [first] = await claim();
      await done(first!);
      const [second] = await claim();
      await deliveries().noteTry(second!, { done: attempt(), end: { dueAt: later(65_000) } });
      await deliveries().resend(PROJECT, first!._id, ACTING);
      const [again] = await claim();
      const end = { state: "delivered" } as const;
      const noted = { done: arrival(), end, leaseSeconds: 30 };
      expect(await deliveries().noteTry(again!, noted)).toEqual({ isOurs: true });
      expect(await claim()).toEqual([]);
    });

    test("are all found, however many wait for others", async () => {
      const many = Array.from({ length: 120 }, (_, index) => delivery(index + 1));
      await deliveries().add(many);
      await deliveries().add([delivery(1, { callLogId: "call-2" })]);
      expect(idsOf(await claim())).toEqual(["call-1-e1", "call-2-e1"]);
    });

    test("are sent by one process at a time, and by another one when that is dead", async () => {
      await deliveries().add([delivery(1)]);
      const [one, two] = await Promise.all([claim(), claim()]);
      expect([...one, ...two]).toHaveLength(1);
      seconds(31);
      const [next] = await claim();
      expect(next).toMatchObject({ eventId: "call-1-e1", tryCount: 2 });
      // The first one comes back to life: its lease is over.
      expect(await done([...one, ...two][0]!)).toBe(false);
      expect(await done(next!)).toBe(true);
    });

    test("of a lane come oldest first, and no more than asked for", async () => {
      for (const number of [1, 2, 3]) {
        await deliveries().add([delivery(1, { callLogId: `call-${number}` })]);
        seconds(1);
      }
      expect(idsOf(await claim("endpoint-1", { limit: 2, leaseSeconds: 30 }))).toEqual([
        "call-1-e1",
        "call-2-e1",
      ]);
    });

    test("have lanes that are found in turn, while something is due in them", async () => {
      await deliveries().add([
        delivery(1),
        delivery(1, { endpointId: "endpoint-2" }),
        delivery(1, { endpointId: "notify", url: "https://a.example/", lane: "notify:a.example" }),
      ]);
      const lanes: string[] = [];
      for (
        let lane = await deliveries().nextLane("");
        lane;
        lane = await deliveries().nextLane(lane)
      )
        lanes.push(lane);
      expect(lanes).toEqual(["endpoint-1", "endpoint-2", "notify:a.example"]);
      await claim();
      expect(await deliveries().nextLane("")).toBe("endpoint-2");
      seconds(31);
      expect(await deliveries().nextLane("")).toBe("endpoint-1");
      expect(await deliveries().health()).toEqual({ pending: 3, oldestDueAt: later(5000) });
    });

    test("are given up together when their endpoint is disabled", async () => {
      await deliveries().add([delivery(1), delivery(2), delivery(1, { endpointId: "endpoint-2" })]);
      expect(await deliveries().failPending("endpoint-1", "disabled")).toBe(2);
      expect(await claim()).toEqual([]);
      const { data } = await deliveries().list(PROJECT, { ...ALL, state: "failed" });
      expect(data.map(({ tries }) => tries)).toEqual([
        [{ at: running.clock, milliseconds: 0, error: "disabled" }],
        [{ at: running.clock, milliseconds: 0, error: "disabled" }],
      ]);
    });

    test("keep their last 20 tries", async () => {
      await deliveries().add([delivery(1)]);
      for (let tries = 0; tries < 22; tries += 1) {
        const [one] = await claim();
        await deliveries().noteTry(one!, { done: attempt(), end: { dueAt: running.clock } });
      }
      const [found] = (await deliveries().list(PROJECT, ALL)).data;
      expect([found?.tryCount, found?.tries.length]).toEqual([22, 20]);
    });

    test("expire after 30 days, or with their call if that is earlier", async () => {
      const inDays = (days: number) => new Date(running.clock.getTime() + days * 86_400_000);
      await deliveries().add([
        delivery(1),
        delivery(2, { keptUntil: inDays(7) }),
        delivery(3, { keptUntil: inDays(90) }),
      ]);
      const { data } = await deliveries().list(PROJECT, ALL);
      const days = data.map(
        ({ expireAt }) => (expireAt.getTime() - running.clock.getTime()) / 86_400_000,
      );
      expect(days.toSorted((a, b) => a - b)).toEqual([7, 30, 30]);
    });
  });

  describe("a list of deliveries", () => {
    test("shows a project its own, newest first, in pages", async () => {
      for (const number of [1, 2, 3]) {
        await deliveries().add([delivery(number)]);
        seconds(1);
      }
      await deliveries().add([delivery(1, { projectId: OTHER, endpointId: "endpoint-9" })]);
      const first = await deliveries().list(PROJECT, { ...ALL, limit: 2 });
      expect(idsOf(first.data)).toEqual(["call-1-e3", "call-1-e2"]);
      expect(first.count).toBe(3);
      expect(first.data[0]).not.toHaveProperty("body");
      const second = await deliveries().list(PROJECT, {
        ...ALL,
        limit: 2,
        cursor: first.nextCursor,
      });
      expect(idsOf(second.data)).toEqual(["call-1-e1"]);
      expect(second.nextCursor).toBeUndefined();
      expect((await deliveries().list(null, ALL)).data).toEqual([]);
      const [others] = (await deliveries().list(OTHER, ALL)).data;
      expect(await deliveries().find(PROJECT, others!._id)).toBeUndefined();
    });

    test("is narrowed by endpoint, call and state", async () => {
      await deliveries().add([
        delivery(1),
        delivery(1, { callLogId: "call-2" }),
        delivery(1, { endpointId: "endpoint-2" }),
      ]);
      const [one] = await claim("endpoint-2");
      await done(one!);
      const count = async (input: object) =>
        (await deliveries().list(PROJECT, { ...ALL, ...input })).count;
      expect(await count({ endpointId: "endpoint-1" })).toBe(2);
      expect(await count({ callLogId: "call-1" })).toBe(2);
      expect(await count({ state: "delivered" })).toBe(1);
      expect(await count({ state: "pending", callLogId: "call-2" })).toBe(1);
    });
  });

  describe("sending again", () => {
    test("makes a delivery due with the same id and body, and says so in the trail", async () => {
      await deliveries().add([delivery(1)]);
      const [one] = await claim();
      await done(one!);
      expect(await deliveries().resend(OTHER, one!._id, ACTING)).toBeUndefined();
      expect(await deliveries().resend(PROJECT, one!._id, ACTING)).toMatchObject({
        state: "pending",
        tryCount: 0,
      });
      expect(await claim()).toMatchObject([
        { eventId: one!.eventId, body: one!.body, tryCount: 1 },
      ]);
      const lines = await collectionsOf(running.store).auditLog.find().toArray();
      expect(lines).toMatchObject([
        { act: "webhook.resend", projectId: PROJECT, facts: { deliveryId: one!._id } },
      ]);
    });

    test("replays what failed in a span, or all of it", async () => {
      await deliveries().add([delivery(1), delivery(1, { callLogId: "call-2" })]);
      const [failed, arrived] = await claim();
      await done(failed!, "failed");
      await done(arrived!);
      seconds(60);
      await deliveries().add([delivery(1, { callLogId: "call-3" })]);
      const replay = async (input: { only: "failed" | "all"; from: Date; to?: Date }) =>
        deliveries().replay(PROJECT, "endpoint-1", { to: undefined, ...input, acting: ACTING });
      expect(await replay({ only: "failed", from: later(5001) })).toBe(0);
      expect(await replay({ only: "failed", from: later(0), to: later(5000) })).toBe(0);
      expect(await replay({ only: "failed", from: later(0) })).toBe(1);
      expect(await replay({ only: "all", from: later(0) })).toBe(1);
      expect(await deliveries().replay(OTHER, "endpoint-1", { only: "all", from: later(0) })).toBe(
        0,
      );
      expect((await claim()).length).toBe(3);
    });
  });
});
