import { randomUUID } from "node:crypto";

import { type AlertDelivery, KEPT_DELIVERIES, newAlertSource } from "@call-log/model";
import { callRecord } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import { later, onEachStore } from "../testing/on-each-store.ts";

const HOUR_MS = 3_600_000;
const [A, B] = [randomUUID(), randomUUID()];
const RULE = {
  to: "+15559998888",
  toByLabel: { label: "team", numbers: [{ is: "$where.x", to: "+15559998887" }] },
};
const NEW = newAlertSource.parse({ name: "Prometheus", kind: "alertmanager", rule: RULE });

function aDelivery(status: number, at: Date): AlertDelivery {
  const counts = { called: 2, repeated: 0, canceled: 0, ignored: 1, refused: 0 };
  return { at, status, counts, answers: [{ result: "ignored", reason: `r${status}` }] };
}

function aRefused(status: number, at: Date): AlertDelivery {
  const counts = { called: 0, repeated: 0, canceled: 0, ignored: 0, refused: 1 };
  return { at, status, counts, answers: [{ result: "refused", reason: `r${status}` }] };
}

onEachStore((running) => {
  describe("alert sources", () => {
    const sources = () => running.store.alertSources;
    const lines = () => collectionsOf(running.store).auditLog.find().sort({ _id: 1 }).toArray();

    test("a token leads to its source, and is kept only as a hash", async () => {
      const { source, token } = await sources().create(A, NEW);
      expect(token).toMatch(/^[0-9a-f]{32}$/);
      expect(await sources().authenticate(token)).toMatchObject({
        _id: source._id,
        rule: NEW.rule,
      });
      expect(await sources().authenticate(`${token}x`)).toBeUndefined();
      const kept = await collectionsOf(running.store).alertSources.find().toArray();
      expect(JSON.stringify([kept, await lines()])).not.toContain(token);
      expect(await sources().list(A)).toEqual([source]);
      expect(await sources().list(B)).toEqual([]);
      expect(await sources().find(B, source._id)).toBeUndefined();
    });

    test("a rotated token lives on for the overlap, and with none ends at once, on other nodes too", async () => {
      let elapsed = 0;
      const other = await connectStore({
        ...running.database,
        now: () => running.clock,
        elapsedMs: () => elapsed,
      });
      const { source, token } = await sources().create(A, NEW);
      const ref = { projectId: A, id: source._id };
      expect(await other.alertSources.authenticate(token)).toBeDefined();
      const second = await sources().rotateToken(ref, HOUR_MS);
      expect(await sources().authenticate(token)).toBeDefined();
      expect(await sources().authenticate(second!.token)).toBeDefined();
      running.clock = later(5000 + HOUR_MS);
      expect(await sources().authenticate(token)).toBeUndefined();
      elapsed += 501;
      expect(await other.alertSources.authenticate(token)).toBeUndefined();
      const third = await sources().rotateToken(ref, 0);
      expect(await sources().authenticate(second!.token)).toBeUndefined();
      expect(await sources().authenticate(third!.token)).toBeDefined();
      expect(await sources().rotateToken({ projectId: B, id: source._id }, 0)).toBeUndefined();
      for (const old of [token, second!.token])
        expect(await sources().ownerOf(old)).toMatchObject({ _id: source._id, projectId: A });
      expect(await sources().ownerOf("0".repeat(32))).toBeUndefined();
      for (let n = 0; n < 5; n += 1) await sources().rotateToken(ref, 0);
      expect(await sources().ownerOf(token)).toBeUndefined();
      await other.close();
    });

    test("is changed and deleted by its own project alone, each with its line", async () => {
      const { source, token } = await sources().create(A, NEW);
      const { _id: id } = source;
      expect(await sources().update({ projectId: B, id }, { enabled: false })).toBeUndefined();
      expect(await sources().delete({ projectId: B, id })).toBe(false);
      running.clock = later(6000);
      const changed = await sources().update({ projectId: A, id }, { enabled: false, name: "P" });
      expect(changed).toMatchObject({ enabled: false, name: "P", updatedAt: later(6000) });
      await sources().update({ projectId: A, id }, { name: "P" });
      await sources().noteDelivery(source, aDelivery(200, later(1)));
      expect(await sources().delete({ projectId: A, id })).toBe(true);
      expect(await sources().authenticate(token)).toBeUndefined();
      expect(await sources().list(A)).toEqual([]);
      const { alertSources, alertDeliveries } = collectionsOf(running.store);
      expect(await alertSources.countDocuments()).toBe(0);
      expect(await alertDeliveries.countDocuments()).toBe(0);
      const acts = (await lines()).map(({ act, target }) => [act, target?.id]);
      const expected = ["create", "update", "delete"].map((act) => [`alert-source.${act}`, id]);
      expect(acts).toEqual(expected);
    });

    test("keeps what was refused beside a flood of what was taken, and names the last of both", async () => {
      const { source } = await sources().create(A, NEW);
      expect(source).toMatchObject({ calledCount: 0 });
      const { deliveries, refused } = KEPT_DELIVERIES;
      for (let n = 0; n < refused + 2; n += 1)
        await sources().noteDelivery(source, aRefused(n, later(n)));
      for (let n = 0; n < deliveries + 2; n += 1)
        await sources().noteDelivery(source, aDelivery(200, later(1000 + n)));
      const kept = await sources().deliveries(A, source._id);
      expect(kept).toHaveLength(deliveries + refused);
      expect(kept.slice(deliveries).map(({ status }) => status)).toEqual(
        Array.from({ length: refused }, (_, n) => refused + 1 - n),
      );
      const last = later(1000 + deliveries + 1);
      expect(await sources().find(A, source._id)).toMatchObject({
        calledCount: 2 * (deliveries + 2),
        lastDelivery: { at: last, status: 200, counts: { called: 2 } },
        lastRefusal: { at: later(refused + 1), status: refused + 1, reason: `r${refused + 1}` },
      });
      expect(JSON.stringify(await sources().list(A))).not.toContain("refusedCount");
    });

    test("keeps its last notifications, newest first, and no more than so many", async () => {
      const { source } = await sources().create(A, NEW);
      const { deliveries: most } = KEPT_DELIVERIES;
      for (let n = 0; n < most + 3; n += 1)
        await sources().noteDelivery(source, aDelivery(n, later(n)));
      const kept = await sources().deliveries(A, source._id);
      expect(kept.map(({ status }) => status)).toEqual(
        Array.from({ length: most }, (_, n) => most + 2 - n),
      );
      expect(kept[0]).toEqual(aDelivery(most + 2, later(most + 2)));
      expect(await sources().deliveries(B, source._id)).toEqual([]);
      expect(await sources().find(A, source._id)).toMatchObject({ deliveryCount: most + 3 });
    });
  });

  test("the calls of an alert are found by its key, newest first", async () => {
    const { calls } = running.store;
    const origin = {
      sourceId: "s",
      sourceName: "P",
      kind: "json",
      title: "Down",
      count: 1,
    } as const;
    const alertOrigin = {
      ...origin,
      key: "s:1",
      fingerprint: "1",
      labels: [{ name: "$a.b", value: "1" }],
    };
    const [old, other, young] = [
      callRecord({ createdAt: later(1), alertOrigin }),
      callRecord({ createdAt: later(2), alertOrigin: { ...alertOrigin, key: "s:2" } }),
      callRecord({ createdAt: later(3), alertOrigin }),
    ];
    await calls.insertMany([old, other, young, callRecord({})]);
    expect(await calls.findByAlert("s:1", 5)).toMatchObject([
      { _id: young._id, alertOrigin },
      { _id: old._id },
    ]);
    expect(await calls.findByAlert("s:1", 1)).toMatchObject([{ _id: young._id }]);
  });
});
