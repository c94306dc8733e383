import { isWebhookSecret } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import { onEachStore } from "../testing/on-each-store.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const OTHER = "7c9e6679-7425-40de-944b-e07fc1f90ae8";
const URL = "https://hooks.example.com/calls";
const ACTING = { actor: { kind: "key" as const, id: "k" } };
const GIVEN = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;

onEachStore((running) => {
  const endpoints = () => running.store.webhookEndpoints;
  const days = (count: number) => {
    running.clock = new Date(running.clock.getTime() + count * 86_400_000);
  };
  const lines = async () =>
    (
      await collectionsOf(running.store).auditLog.find().sort({ createdAt: 1, _id: 1 }).toArray()
    ).map(({ act, projectId, changes, facts }) => ({ act, projectId, changes, facts }));

  describe("endpoints", () => {
    test("belong to a project or to the installation, and are shown without secrets", async () => {
      const made = await endpoints().create(PROJECT, { url: URL, secret: GIVEN }, ACTING);
      expect(made.secret).toBe(GIVEN);
      const { endpoint } = made;
      expect(endpoint).toMatchObject({ projectId: PROJECT, url: URL, enabled: true });
      expect(endpoint.events).toContain("call.acknowledged");
      const operators = await endpoints().create(null, { url: URL });
      expect(isWebhookSecret(operators.secret)).toBe(true);
      expect(operators.endpoint.events).toEqual(["problem.began", "problem.ended"]);
      expect(await endpoints().list(PROJECT)).toEqual([endpoint]);
      expect(await endpoints().list(null)).toEqual([operators.endpoint]);
      expect(await endpoints().find(OTHER, endpoint._id)).toBeUndefined();
      expect(await endpoints().find(null, endpoint._id)).toBeUndefined();
      const shown = JSON.stringify([await endpoints().list(PROJECT), await lines()]);
      expect(shown).not.toContain("whsec_");
    });

    test("of the installation get no events of calls", async () => {
      const input = { url: URL, events: ["call.acknowledged" as const] };
      await expect(endpoints().create(null, input)).rejects.toThrow(
        "events: an endpoint of the installation has no call.acknowledged",
      );
    });

    test("are at most 50 in a project", async () => {
      for (let number = 0; number < 50; number += 1)
        await endpoints().create(PROJECT, { url: URL });
      await expect(endpoints().create(PROJECT, { url: URL })).rejects.toThrow("50 endpoints");
      await endpoints().create(OTHER, { url: URL });
    });

    test("are changed and removed, each with its line in the trail", async () => {
      const { endpoint } = await endpoints().create(
        PROJECT,
        { url: URL, description: "Bot" },
        ACTING,
      );
      const { _id } = endpoint;
      const change = { url: `${URL}/2`, description: null, enabled: false, acting: ACTING };
      expect(await endpoints().update(OTHER, _id, change)).toBeUndefined();
      const changed = await endpoints().update(PROJECT, _id, change);
      expect(changed).toMatchObject({ url: `${URL}/2`, enabled: false, disabledBy: "person" });
      expect(changed).not.toHaveProperty("description");
      const enabled = await endpoints().update(PROJECT, _id, { enabled: true });
      expect(enabled).not.toHaveProperty("disabledBy");
      expect(await endpoints().remove(OTHER, _id)).toBe(false);
      expect(await endpoints().remove(PROJECT, _id)).toBe(true);
      expect(await endpoints().remove(PROJECT, _id)).toBe(false);
      expect(await endpoints().list(PROJECT)).toEqual([]);
      expect(await endpoints().target(_id)).toBeUndefined();
      expect(await collectionsOf(running.store).webhookEndpoints.countDocuments()).toBe(0);
      expect((await lines()).map(({ act }) => act)).toEqual([
        "webhook.create",
        "webhook.update",
        "webhook.update",
        "webhook.delete",
      ]);
      expect((await lines())[1]?.changes).toContainEqual({
        field: "url",
        from: URL,
        to: `${URL}/2`,
      });
    });

    test("listen from when they are made until they are disabled, in this process at once", async () => {
      expect(await endpoints().listeners(PROJECT)).toEqual([]);
      expect(await endpoints().isUsed()).toBe(false);
      const input = { url: URL, events: ["call.unknown" as const] };
      const { endpoint } = await endpoints().create(PROJECT, input);
      const { _id } = endpoint;
      expect(await endpoints().listeners(PROJECT)).toEqual([{ _id, events: input.events }]);
      expect(await endpoints().listeners(OTHER)).toEqual([]);
      expect(await endpoints().listeners(null)).toEqual([]);
      expect(await endpoints().isUsed()).toBe(true);
      await endpoints().update(PROJECT, _id, { enabled: false });
      expect(await endpoints().listeners(PROJECT)).toEqual([]);
    });

    test("listen in another process within a second", async () => {
      let milliseconds = 0;
      await using other = await disposable(
        connectStore({
          ...running.database,
          now: () => running.clock,
          elapsedMs: () => milliseconds,
        }),
      );
      expect(await other.webhookEndpoints.listeners(PROJECT)).toEqual([]);
      await endpoints().create(PROJECT, { url: URL });
      milliseconds = 999;
      expect(await other.webhookEndpoints.listeners(PROJECT)).toEqual([]);
      milliseconds = 1000;
      expect(await other.webhookEndpoints.listeners(PROJECT)).toHaveLength(1);
    });
  });

  describe("secrets", () => {
    test("rotate with an overlap in which both sign, and are never in the trail", async () => {
      const { endpoint, secret } = await endpoints().create(PROJECT, { url: URL });
      const { _id } = endpoint;
      const rotation = { overlapSeconds: 86_400, acting: ACTING };
      expect(await endpoints().rotateSecret(OTHER, _id, rotation)).toBeUndefined();
      const rotated = await endpoints().rotateSecret(PROJECT, _id, rotation);
      const secrets = async () => (await endpoints().target(_id))?.secrets.map((one) => one.secret);
      expect(await secrets()).toEqual([rotated!.secret, secret]);
      days(1);
      expect(await secrets()).toEqual([rotated!.secret]);
      const now = await endpoints().rotateSecret(PROJECT, _id, {
        overlapSeconds: 0,
        secret: GIVEN,
      });
      expect(now?.secret).toBe(GIVEN);
      expect(await secrets()).toEqual([GIVEN]);
      expect(JSON.stringify(await lines())).not.toContain("whsec_");
    });

    test("are shown with a line in the trail, to their own scope", async () => {
      const { endpoint, secret } = await endpoints().create(PROJECT, { url: URL });
      const { _id } = endpoint;
      expect(await endpoints().showSecrets(OTHER, _id, ACTING)).toBeUndefined();
      const shown = await endpoints().showSecrets(PROJECT, _id, ACTING);
      expect(shown).toEqual([{ secret, createdAt: running.clock }]);
      expect((await lines()).map(({ act }) => act)).toEqual([
        "webhook.create",
        "webhook.show-secret",
      ]);
    });

    test("for the addresses in requests are made once for a project", async () => {
      const ids = await Promise.all([1, 2, 3].map(() => endpoints().ensureNotify(PROJECT)));
      expect(new Set(ids).size).toBe(1);
      const [id] = ids;
      expect(await endpoints().list(PROJECT)).toEqual([]);
      expect(await endpoints().listeners(PROJECT)).toEqual([]);
      const [shown] = (await endpoints().showSecrets(PROJECT, id!, ACTING)) ?? [];
      expect(isWebhookSecret(shown!.secret)).toBe(true);
      expect((await endpoints().target(id!))?.secrets).toEqual([shown]);
    });
  });

  describe("the health of an endpoint", () => {
    async function made() {
      const { _id } = (await endpoints().create(PROJECT, { url: URL })).endpoint;
      const target = async () => (await endpoints().target(_id))!;
      const fail = async (gone = false) =>
        endpoints().noteFailure(await target(), { error: "answered 500", gone });
      const failTimes = async (count: number) => {
        for (let number = 0; number < count; number += 1) expect(await fail()).toBe(false);
      };
      return { _id, target, fail, failTimes, found: () => endpoints().find(PROJECT, _id) };
    }

    test("is failing until a success", async () => {
      const { failTimes, found, target } = await made();
      const since = running.clock;
      await failTimes(2);
      days(1);
      await failTimes(1);
      expect(await found()).toMatchObject({ failingSince: since, lastError: "answered 500" });
      await endpoints().noteSuccess(await target());
      expect(await found()).not.toHaveProperty("failingSince");
      expect(await found()).toMatchObject({ lastSuccessAt: running.clock });
    });

    test("ends after five days without a success, once, and the trail says so", async () => {
      const { _id, fail, failTimes, found } = await made();
      await failTimes(20);
      days(5);
      const target = (await endpoints().target(_id))!;
      const failure = { error: "answered 500", gone: false };
      const both = await Promise.all([1, 2].map(() => endpoints().noteFailure(target, failure)));
      expect(both.filter(Boolean)).toHaveLength(1);
      expect(await found()).toMatchObject({ enabled: false, disabledBy: "failures" });
      expect(await endpoints().countDisabled()).toBe(1);
      expect(await endpoints().listeners(PROJECT)).toEqual([]);
      expect((await lines()).at(-1)).toMatchObject({
        act: "webhook.disable",
        facts: { failingSince: expect.any(String) },
      });
      expect(await fail()).toBe(false);
      const enabled = await endpoints().update(PROJECT, _id, { enabled: true });
      expect(enabled).toMatchObject({ enabled: true });
      expect(enabled).not.toHaveProperty("failingSince");
      // What failed before counts no more.
      expect(await fail()).toBe(false);
    });

    test("does not end by one failure and five silent days", async () => {
      const { failTimes, found } = await made();
      await failTimes(1);
      days(6);
      await failTimes(1);
      expect(await found()).toMatchObject({ enabled: true });
    });

    test("ends at once where it is gone", async () => {
      const { fail, found } = await made();
      expect(await fail(true)).toBe(true);
      expect(await found()).toMatchObject({ enabled: false, disabledBy: "gone" });
    });
  });
});

async function disposable<T extends { close(): Promise<void> }>(opening: Promise<T>) {
  const opened = await opening;
  return Object.assign(opened, { [Symbol.asyncDispose]: () => opened.close() });
}
