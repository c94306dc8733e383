import { type backToSource, newAlertSource } from "@call-log/model";
import { freshDatabase, freshRedis, waitFor } from "@call-log/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { z } from "zod";

import { startFakeAlertmanager } from "../testing/fake-alertmanager.ts";
import { createInstallation } from "../testing/installation.ts";

type BackInput = z.input<typeof backToSource>;

const ACKNOWLEDGES = "+15550100100";

/** An installation whose alert source is informed like this, and what is done to it. */
async function running(
  back: BackInput | undefined,
  { allowedAddresses = ["127.0.0.1"], now = () => new Date() } = {},
) {
  const installation = await createInstallation({
    mongo: await freshDatabase(),
    redis: await freshRedis(),
  });
  onTestFinished(() => installation[Symbol.asyncDispose]());
  const { store, projectId } = installation;
  const dispatcher = installation.dispatcher({ hasCallbacks: true, allowedAddresses });
  vi.spyOn(dispatcher.context, "now").mockImplementation(() => now());
  installation.work(dispatcher);
  const { source } = await store.alertSources.create(
    projectId,
    newAlertSource.parse({
      name: "Prometheus",
      kind: "alertmanager",
      rule: {
        to: ACKNOWLEDGES,
        toByLabel: { label: "oncall", numbers: [{ is: "Ada", to: ACKNOWLEDGES }] },
      },
      ...(back && { back }),
    }),
  );
  /** Let an alert fire; the call that it makes. */
  async function fire(labels: Record<string, string> = {}): Promise<string> {
    const alert = {
      status: "firing",
      labels: { alertname: "DatabaseDown", ...labels },
      annotations: { summary: "The database is down" },
      startsAt: "2026-11-26T03:12:04.731Z",
      endsAt: "0001-01-01T00:00:00Z",
      generatorURL: "",
      fingerprint: "c6eadffa33fcdf37",
    };
    const body = {
      version: "4",
      groupKey: "{}",
      truncatedAlerts: 0,
      status: "firing",
      receiver: "phone",
      groupLabels: {},
      commonLabels: {},
      commonAnnotations: {},
      externalURL: "",
      alerts: [alert],
    };
    const { answers } = await dispatcher.takeAlerts(source, body);
    return answers[0]!.callLogId!;
  }
  /** The only delivery, once it is as it is waited for. */
  const delivery = (holds: (one: Awaited<ReturnType<typeof deliveries>>[number]) => boolean) =>
    waitFor(async () => (await deliveries()).find(holds));
  async function deliveries() {
    const input = { state: "all", skip: 0, limit: 100 } as const;
    return (await store.webhookDeliveries.list(projectId, input)).data;
  }
  return { ...installation, dispatcher, source, fire, delivery, deliveries };
}

async function alertmanager() {
  const fake = await startFakeAlertmanager();
  onTestFinished(() => fake.close());
  const back = { kind: "alertmanager", url: fake.url } as const;
  return { ...fake, back };
}

describe("the source of an alert", () => {
  test("is informed of the press, by whom, and its delivery is listed with the call", async () => {
    const { silences, back } = await alertmanager();
    const { fire, delivery, source, store } = await running(back);
    const callLogId = await fire({ oncall: "ada" });
    const delivered = await delivery(({ state }) => state === "delivered");
    expect(delivered).toMatchObject({
      kind: "source",
      endpointId: source._id,
      type: "call.acknowledged",
      callLogId,
      tries: [{ status: 200 }],
    });
    const { acknowledgedAt } = (await store.calls.find(callLogId))!;
    expect(silences).toMatchObject([
      {
        comment: `Acknowledged by phone by Ada (pressed 4 at ${acknowledgedAt!.toISOString()}, call ${callLogId})`,
        endsAt: new Date(acknowledgedAt!.getTime() + 7_200_000).toISOString(),
      },
    ]);
  });

  test("sees a masked number where nobody has a name", async () => {
    const { silences, back } = await alertmanager();
    const { fire, delivery } = await running(back);
    await fire({ oncall: "somebody else" });
    await delivery(({ state }) => state === "delivered");
    expect(silences[0]?.comment).toContain("Acknowledged by phone by +1555•••••00 (");
  });

  test("that refuses is asked again, and each answer is shown", async () => {
    const { silences, nextStatuses, back } = await alertmanager();
    nextStatuses.push(503);
    const { fire, delivery, deliveries } = await running(back);
    await fire();
    const refused = await delivery(({ tries }) => tries.length === 1);
    expect(refused).toMatchObject({
      state: "pending",
      tries: [{ status: 503, answer: '"as it was told"', error: "the receiver answered 503" }],
    });
    await delivery(({ state }) => state === "delivered");
    expect(silences).toHaveLength(1);
    expect(await deliveries()).toHaveLength(1);
  });

  test("is informed of a press whose process died before it could pass it on", async () => {
    const { silences, back } = await alertmanager();
    const { fire, delivery, dispatcher } = await running(back);
    vi.spyOn(dispatcher.context.outbox, "move").mockReturnValue();
    await fire();
    await delivery(({ state }) => state === "delivered");
    expect(silences).toHaveLength(1);
  });

  test("is asked no more when the silence would be over", async () => {
    const { silences, nextStatuses, back } = await alertmanager();
    nextStatuses.push(503);
    let late = 0;
    const now = () => new Date(Date.now() + late);
    const { fire, delivery } = await running(back, { now });
    await fire();
    await delivery(({ tries }) => tries.length === 1);
    late = 3 * 3_600_000;
    const given = await delivery(({ state }) => state === "failed");
    expect(given.tries[1]?.error).toMatch(/^The silence would have ended at /);
    expect(silences).toEqual([]);
  });

  test("is left alone at a private address that is not allowed", async () => {
    const { silences, back } = await alertmanager();
    const { fire, delivery } = await running(back, { allowedAddresses: [] });
    await fire();
    const refused = await delivery(({ tries }) => tries.length === 1);
    expect(refused.tries[0]?.error).toContain("WEBHOOK_ALLOWED_ADDRESSES");
    expect(silences).toEqual([]);
  });

  test("that is not to be informed gets no delivery, and keeps no event", async () => {
    const { fire, deliveries, store } = await running(undefined);
    const callLogId = await fire();
    await waitFor(async () => {
      const call = await store.calls.find(callLogId);
      return call?.acknowledgedAt !== undefined && call.outbox === undefined;
    });
    expect(await deliveries()).toEqual([]);
  });

  test("can be tried without an alert", async () => {
    const { silences, nextStatuses, back } = await alertmanager();
    const { dispatcher, source, projectId } = await running(back);
    expect(await dispatcher.trySource(projectId, source._id)).toMatchObject({ status: 200 });
    expect(silences).toHaveLength(1);
    nextStatuses.push(401);
    expect(await dispatcher.trySource(projectId, source._id)).toMatchObject({
      status: 401,
      error: "the receiver answered 401",
    });
    expect(await dispatcher.trySource("another project", source._id)).toBeUndefined();
  });
});
