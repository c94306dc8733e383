import { randomUUID } from "node:crypto";

import type { WebhookEventType } from "@call-log/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

const URL_WITH_SECRET = "https://hooks.example.com/calls/T0PSECRET?token=4711";
const NUMBER = "+15559998888";
const SPOKEN = "The database of shop.example is down.";

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

interface Sent {
  type?: WebhookEventType;
  callLogId?: string;
}

/** A delivery to an endpoint, as an event of a call leaves it; its id. */
async function deliver(endpointId: string, { type = "call.exhausted", callLogId }: Sent = {}) {
  const { store, projectId } = fresh;
  const id = callLogId ?? randomUUID();
  const eventId = `${id}-e${Math.floor(Math.random() * 1e9)}`;
  const callLog = { _id: id, status: "Busy", toNumber: NUMBER, callData: { message: SPOKEN } };
  const change = { status: "Busy", digits: "4711" };
  const body = JSON.stringify({ type, timestamp: "", data: { projectId, callLog, change } });
  const event = { eventId, type, callLogId: id, sequence: 1, body };
  await store.webhookDeliveries.add([{ kind: "webhook", projectId, endpointId, ...event }]);
  return `${eventId}-${endpointId}`;
}

/** Let what waits for the endpoint of a delivery fail. */
async function fail(deliveryId: string): Promise<void> {
  const { webhookDeliveries } = fresh.store;
  const found = await webhookDeliveries.find(fresh.projectId, deliveryId);
  await webhookDeliveries.failPending(found!.endpointId, `no: ${NUMBER}`);
}

describe("endpoints", () => {
  test("are created, read, changed, disabled and deleted", async () => {
    const owner = await fresh.caller();
    const { endpoint, secret } = await owner.webhooks.create({
      url: URL_WITH_SECRET,
      events: ["call.exhausted"],
    });
    expect(secret).toMatch(/^whsec_/);
    const { _id: id } = endpoint;
    expect(endpoint).toMatchObject({ url: URL_WITH_SECRET, enabled: true });
    expect(endpoint.lastDay).toEqual({ pending: 0, delivered: 0, failed: 0 });
    expect(JSON.stringify(await owner.webhooks.list())).not.toContain(secret);
    const changed = await owner.webhooks.update({ id, description: "Bot", enabled: false });
    expect(changed).toMatchObject({ description: "Bot", enabled: false, disabledBy: "person" });
    expect(await owner.webhooks.get({ id })).toEqual(changed);
    expect(await owner.webhooks.delete({ id })).toEqual({ deleted: true });
    const missing = { code: "NOT_FOUND" };
    await expect(owner.webhooks.get({ id })).rejects.toMatchObject(missing);
    await expect(owner.webhooks.delete({ id })).rejects.toMatchObject(missing);
    await expect(owner.webhooks.update({ id, enabled: true })).rejects.toMatchObject(missing);
    await expect(owner.webhooks.revealSecret({ id })).rejects.toMatchObject(missing);
    await expect(owner.webhooks.rotateSecret({ id })).rejects.toMatchObject(missing);
  });

  test("show the host of their address alone to a key that may not administer", async () => {
    const owner = await fresh.caller();
    const { endpoint } = await owner.webhooks.create({ url: URL_WITH_SECRET });
    for (const permission of ["Project Member", "Viewer", "Read Masked Call Log"] as const) {
      const reader = await fresh.caller({ permissions: [permission] });
      const shown = await reader.webhooks.get({ id: endpoint._id });
      expect(shown.url).toBe("https://hooks.example.com/…");
    }
  });

  test("count the deliveries of the last day", async () => {
    const owner = await fresh.caller();
    const { endpoint } = await owner.webhooks.create({ url: URL_WITH_SECRET });
    await fail(await deliver(endpoint._id));
    await deliver(endpoint._id);
    const { endpoints } = await owner.webhooks.list();
    const found = endpoints.find(({ _id }) => _id === endpoint._id);
    expect(found?.lastDay).toEqual({ pending: 1, delivered: 0, failed: 1 });
    const later = await fresh.caller({ now: () => new Date(Date.now() + 86_400_001) });
    const { lastDay } = await later.webhooks.get({ id: endpoint._id });
    expect(lastDay).toEqual({ pending: 0, delivered: 0, failed: 0 });
  });

  test.each([
    [{ url: "ftp://hooks.example.com" }, "url: must be an http or https address"],
    [{ url: URL_WITH_SECRET, events: [] }, "events: must have at least one"],
    [{ url: URL_WITH_SECRET, events: ["call.ended"] }, "events.0: must be one of: call."],
    [{ url: URL_WITH_SECRET, secret: "whsec_x" }, "secret: must be whsec_"],
  ])("%j is refused by its field", async (input, message) => {
    const owner = await fresh.caller();
    const creating = owner.webhooks.create(input as { url: string });
    await expect(creating).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringContaining(message) as string,
    });
  });
});

describe("secrets", () => {
  test("are shown, and rotate with an overlap", async () => {
    const owner = await fresh.caller();
    const { endpoint, secret } = await owner.webhooks.create({ url: URL_WITH_SECRET });
    const { _id: id } = endpoint;
    expect(await owner.webhooks.revealSecret({ id })).toEqual({ secret, previous: [] });
    const rotated = await owner.webhooks.rotateSecret({ id, overlapSeconds: 3600 });
    expect(rotated.secret).not.toBe(secret);
    const { previousUntil: until } = rotated;
    const previous = [{ secret, until }];
    expect(await owner.webhooks.revealSecret({ id })).toEqual({ secret: rotated.secret, previous });
  });

  test("of the addresses in requests are one for each project, by the name notify", async () => {
    const owner = await fresh.caller();
    const { secret } = await owner.webhooks.revealSecret({ id: "notify" });
    expect(await owner.webhooks.revealSecret({ id: "notify" })).toMatchObject({ secret });
    const rotated = await owner.webhooks.rotateSecret({ id: "notify", overlapSeconds: 0 });
    const now = await owner.webhooks.revealSecret({ id: "notify" });
    expect(now).toEqual({ secret: rotated.secret, previous: [] });
    expect((await owner.webhooks.list()).endpoints.map(({ url }) => url)).not.toContain("");
  });
});

describe("deliveries", () => {
  test("are filtered by endpoint, call, state, type and time, and paged", async () => {
    const owner = await fresh.caller();
    const { endpoint } = await owner.webhooks.create({ url: URL_WITH_SECRET });
    const { _id: endpointId } = endpoint;
    const failed = await deliver(endpointId);
    await fail(failed);
    const callLogId = randomUUID();
    const waiting = await deliver(endpointId, { type: "call.acknowledged", callLogId });
    const idsOf = async (input: object) =>
      (await owner.webhooks.deliveries.list({ endpointId, ...input })).data.map(({ _id }) => _id);
    expect(await idsOf({ state: "failed" })).toEqual([failed]);
    expect(await idsOf({ callLogId })).toEqual([waiting]);
    expect(await idsOf({ type: "call.acknowledged" })).toEqual([waiting]);
    expect(await idsOf({ to: "2026-01-01T00:00:00Z" })).toEqual([]);
    expect(await idsOf({ from: "2026-01-01T00:00:00Z" })).toHaveLength(2);
    const first = await owner.webhooks.deliveries.list({ endpointId, limit: 1 });
    expect(first).toMatchObject({ count: 2, nextCursor: expect.any(String) });
    const cursor = first.nextCursor!;
    const second = await owner.webhooks.deliveries.list({ endpointId, limit: 1, cursor });
    expect([...first.data, ...second.data].map(({ _id }) => _id).toSorted()).toEqual(
      [failed, waiting].toSorted(),
    );
    const other = owner.webhooks.deliveries.list({ endpointId, state: "failed", cursor });
    await expect(other).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("show their body; masked, and without answers, to a key that reads masked", async () => {
    const owner = await fresh.caller();
    const { endpoint } = await owner.webhooks.create({ url: URL_WITH_SECRET });
    const id = await deliver(endpoint._id);
    await fail(id);
    const whole = await owner.webhooks.deliveries.get({ id });
    expect(whole.body).toContain(NUMBER);
    expect(whole.tries).toMatchObject([{ error: `no: ${NUMBER}` }]);
    const reader = await fresh.caller({ permissions: ["Read Masked Call Log"] });
    const masked = [
      await reader.webhooks.deliveries.get({ id }),
      await reader.webhooks.deliveries.list({ endpointId: endpoint._id }),
    ];
    expect(JSON.stringify(masked)).not.toMatch(/9998888|shop\.example|4711|no: /);
    expect(masked[0]).toMatchObject({ tries: [{ milliseconds: 0 }] });
  });

  test("are sent again: one, what failed since a time, everything of a time", async () => {
    const owner = await fresh.caller();
    const { endpoint } = await owner.webhooks.create({ url: URL_WITH_SECRET });
    const { _id: endpointId } = endpoint;
    const id = await deliver(endpointId);
    await fail(id);
    const { deliveries } = owner.webhooks;
    expect(await deliveries.resend({ id })).toMatchObject({ state: "pending", tryCount: 0 });
    await fail(id);
    const since = new Date(Date.now() - 3_600_000).toISOString();
    expect(await deliveries.resendFailed({ since, endpointId })).toEqual({ deliveries: 1 });
    await fail(id);
    expect((await deliveries.resendFailed({ since })).deliveries).toBeGreaterThanOrEqual(1);
    await fail(id);
    const to = new Date(Date.now() - 3_000_000).toISOString();
    expect(await deliveries.replay({ id: endpointId, from: since, to })).toEqual({ deliveries: 0 });
    expect(await deliveries.replay({ id: endpointId, from: since, only: "all" })).toEqual({
      deliveries: 1,
    });
  });

  test("are not sent again to a disabled endpoint, and not in a time that ends before it begins", async () => {
    const owner = await fresh.caller();
    const { endpoint } = await owner.webhooks.create({ url: URL_WITH_SECRET });
    const { _id: id } = endpoint;
    const deliveryId = await deliver(id);
    const { deliveries } = owner.webhooks;
    const from = "2026-01-02T00:00:00Z";
    const backwards = deliveries.replay({ id, from, to: "2026-01-01T00:00:00Z" });
    await expect(backwards).rejects.toThrow("to: must be after from");
    await owner.webhooks.update({ id, enabled: false });
    const conflict = { code: "CONFLICT" };
    await expect(deliveries.replay({ id, from })).rejects.toMatchObject(conflict);
    await expect(deliveries.resend({ id: deliveryId })).rejects.toMatchObject(conflict);
    const unknown = deliveries.resend({ id: "none" });
    await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

test("a test says why nothing was sent, and is no delivery", async () => {
  const owner = await fresh.caller();
  const { endpoint } = await owner.webhooks.create({ url: "http://127.0.0.1:9/hook" });
  const { _id: id } = endpoint;
  const tested = await owner.webhooks.test({ id });
  expect(tested).toMatchObject({ delivered: false, error: expect.stringContaining("private") });
  expect(await owner.webhooks.deliveries.list({ endpointId: id })).toMatchObject({ count: 0 });
});

test("operators have endpoints of the installation, for problems alone", async () => {
  const operator = (await fresh.caller({ permissions: ["Operator"] })).operator.webhooks;
  const { endpoint } = await operator.create({ url: URL_WITH_SECRET });
  expect(endpoint.events).toEqual(["problem.began", "problem.ended"]);
  const { _id: id } = endpoint;
  expect(await operator.list()).toMatchObject({ endpoints: [{ _id: id, url: URL_WITH_SECRET }] });
  const events = ["call.exhausted" as const];
  await expect(operator.update({ id, events })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  const rotated = await operator.rotateSecret({ id, overlapSeconds: 0 });
  expect(await operator.revealSecret({ id })).toMatchObject({ secret: rotated.secret });
  const notify = operator.rotateSecret({ id: "notify" });
  await expect(notify).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await operator.deliveries.list({})).toMatchObject({ count: 0 });
  const owner = await fresh.caller();
  await expect(owner.webhooks.get({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await operator.delete({ id })).toEqual({ deleted: true });
});
