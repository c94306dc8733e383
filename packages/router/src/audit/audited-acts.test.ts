import { randomUUID } from "node:crypto";

import { type ActName, newAlertSource as alertSourceInput } from "@call-log/model";
import { collectionsOf } from "@call-log/store/testing";
import type { AnyProcedure } from "@trpc/server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { appRouter } from "../app-router.ts";
import { type Caller, freshRouter, type FreshRouter } from "../testing/fresh-router.ts";
import { keepDeadLetter } from "../testing/keep-dead-letter.ts";

let fresh: FreshRouter;
let owner: Caller;
let operator: Caller;
beforeAll(async () => {
  fresh = await freshRouter();
  owner = await fresh.caller(FROM);
  operator = await fresh.caller({ ...FROM, permissions: ["Operator"] });
});
beforeEach(async () => {
  await collectionsOf(fresh.store).auditLog.deleteMany({});
});
afterEach(() => void vi.restoreAllMocks());
afterAll(() => fresh[Symbol.asyncDispose]());

const FROM = { address: "192.0.2.7", requestId: "r-1" };
const NUMBER = "+15550100100";
const SPOKEN = "The database of shop.example is down.";
const lines = () => collectionsOf(fresh.store).auditLog.find().sort({ _id: 1 }).toArray();
const aCall = async (status: string) => {
  const [call] = await fresh.keep({ status, createdAt: new Date(), toNumber: NUMBER });
  return call!._id;
};
const aDeadLetter = () =>
  keepDeadLetter(fresh.store, {
    projectId: fresh.projectId,
    request: { toNumber: NUMBER, say: SPOKEN },
  });
const anUnknownCall = async () => {
  const [call] = await fresh.keep({ status: "Unknown" });
  const unknown = { ...call!.attempts[0]!, state: "unknown" as const };
  await fresh.store.calls.replace({ ...call!, attempts: [unknown] });
  return call!._id;
};

const RULE = { to: NUMBER };
const anAlertSource = async () => {
  const input = alertSourceInput.parse({ name: "Prometheus", kind: "alertmanager", rule: RULE });
  const { source } = await fresh.store.alertSources.create(fresh.projectId, input);
  await collectionsOf(fresh.store).auditLog.deleteMany({});
  return source._id;
};

/** Every act of the procedures, and what its line says beside who, when and from where. */
const ACTS: Partial<Record<ActName, () => Promise<object>>> = {
  "calls.cancel": async () => {
    const id = await aCall("Queued");
    await owner.calls.cancel({ id });
    const changes = [{ field: "status", from: "Queued", to: "Canceled" }];
    return { target: { kind: "call-log", id }, changes };
  },
  "calls.end-running": async () => {
    await aCall("Dialing");
    await owner.stop.calls({ reason: "Calls loop", endRunning: true });
    await owner.projects.resume();
    return { facts: { ended: 1, notEnded: 0 } };
  },
  "calls.call-now": async () => {
    const id = await aCall("Queued");
    const reason = "The customer waits for it";
    await owner.calls.callNow({ id, reason });
    return { target: { kind: "call-log", id }, facts: { reason } };
  },
  "calls.retry": async () => {
    const id = await aCall("Busy");
    const { _id: newCallLogId } = await owner.calls.retry({ id });
    return { target: { kind: "call-log", id }, facts: { newCallLogId } };
  },
  "calls.resolve": async () => {
    const id = await anUnknownCall();
    await owner.calls.resolve({ id, as: "not-placed" });
    const changes = [{ field: "status", from: "Unknown", to: "Failed" }];
    return { target: { kind: "call-log", id }, facts: { as: "not-placed" }, changes };
  },
  "calls.dispatch-many": async () => {
    const good = { toNumber: NUMBER, say: SPOKEN };
    const requests = [good, { ...good, toNumber: "x" }, good];
    const { results } = await owner.calls.dispatchMany({ requests });
    const callLogIds = results.flatMap((answer) => (answer.ok ? [answer._id] : []));
    return { facts: { requested: 3, accepted: 2, repeated: 0, refused: 1, callLogIds } };
  },
  "alert-source.create": async () => {
    const { source } = await owner.alertSources.create({
      name: "Kuma",
      kind: "uptime-kuma",
      rule: RULE,
    });
    const changes = [
      { field: "name", to: "Kuma" },
      { field: "kind", to: "uptime-kuma" },
      { field: "rule", to: expect.objectContaining(RULE) },
      { field: "enabled", to: true },
    ];
    return { target: { kind: "alert-source", id: source._id }, changes };
  },
  "alert-source.update": async () => {
    const id = await anAlertSource();
    await owner.alertSources.update({ id, enabled: false });
    const changes = [{ field: "enabled", from: true, to: false }];
    return { target: { kind: "alert-source", id }, changes };
  },
  "alert-source.rotate-token": async () => {
    const id = await anAlertSource();
    await owner.alertSources.rotateToken({ id });
    const facts = { previousUntil: expect.any(String) };
    return { target: { kind: "alert-source", id }, facts };
  },
  "alert-source.delete": async () => {
    const id = await anAlertSource();
    await owner.alertSources.delete({ id });
    const changes = [{ field: "name", from: "Prometheus" }];
    return { target: { kind: "alert-source", id }, changes };
  },
  "dead-letter.replay": async () => {
    const id = await aDeadLetter();
    const { _id: callLogId } = await owner.deadLetters.replay({ id });
    await owner.deadLetters.replay({ id });
    const changes = [{ field: "state", from: "open", to: "replayed" }];
    return { target: { kind: "dead-letter", id }, facts: { callLogId }, changes };
  },
  "dead-letter.drop": async () => {
    const id = await aDeadLetter();
    await owner.deadLetters.drop({ id });
    await owner.deadLetters.drop({ id });
    const changes = [{ field: "state", from: "open", to: "dropped" }];
    return { target: { kind: "dead-letter", id }, changes };
  },
  "project.create": async () => {
    const { _id: id } = await operator.operator.projects.create({ name: "New" });
    const changes = expect.arrayContaining([{ field: "name", to: "New" }]) as unknown;
    return { target: { kind: "project", id }, projectId: id, changes };
  },
  "project.update": async () => {
    await owner.projects.update({ retentionDays: 30 });
    return { changes: [{ field: "retentionDays", to: 30 }] };
  },
  "project.pause": async () => {
    await owner.projects.pause({ reason: "Drill" });
    return { changes: [{ field: "paused", to: { reason: "Drill", at: expect.any(Date) } }] };
  },
  "project.resume": async () => {
    await owner.projects.resume();
    return { changes: [{ field: "paused", from: { reason: "Drill", at: expect.any(Date) } }] };
  },
  "key.create": async () => {
    const { id } = await owner.keys.create({ name: "Pager", permissions: ["Viewer"] });
    const changes = [
      { field: "name", to: "Pager" },
      { field: "permissions", to: ["Viewer"] },
    ];
    return { target: { kind: "key", id }, changes };
  },
  "key.revoke": async () => {
    const { id } = await fresh.keyWith(["Viewer"]);
    await owner.keys.revoke({ id });
    return { target: { kind: "key", id }, changes: [{ field: "revokedAt", to: expect.any(Date) }] };
  },
  "key.rotate": async () => {
    const { id } = await fresh.keyWith(["Viewer"]);
    const { id: newKeyId } = await owner.keys.rotate({ id });
    const created = { act: "key.create", "target.id": newKeyId };
    await collectionsOf(fresh.store).auditLog.deleteOne(created as object);
    const changes = [{ field: "expiresAt", to: expect.any(Date) }];
    return { target: { kind: "key", id }, facts: { newKeyId }, changes };
  },
  "do-not-call.add": async () => {
    await owner.projects.doNotCall.add({ numbers: ["+15550100999"] });
    return { target: { kind: "number", id: "+15550100999" } };
  },
  "do-not-call.remove": async () => {
    await owner.projects.doNotCall.remove({ number: "+15550100999" });
    return { target: { kind: "number", id: "+15550100999" } };
  },
  "saved-view.create": async () => {
    const { _id: id } = await owner.views.create({ name: "Created", query: "status=Busy" });
    return { target: { kind: "saved-view", id }, changes: [{ field: "name", to: "Created" }] };
  },
  "saved-view.delete": async () => {
    const { _id: id } = await owner.views.create({ name: "Deleted", query: "" });
    await collectionsOf(fresh.store).auditLog.deleteMany({});
    await owner.views.delete({ id });
    return { target: { kind: "saved-view", id }, changes: [{ field: "name", from: "Deleted" }] };
  },
  "session.end": async () => {
    const { id, key } = await fresh.keyWith(["Project Owner"]);
    const asked = await fresh.caller({ ...FROM, apiKeys: [key] });
    const holder = { kind: "key", keyId: id } as const;
    await fresh.store.sessions.begin({ holder, seconds: 60 });
    await asked.sessions.endAll();
    await asked.sessions.endAll();
    await asked.sessions.end({ id: "none" }).catch(() => undefined);
    return { facts: { sessions: 1 } };
  },
  "number.lend": async () => {
    await operator.numbers.lend({ number: "+15550100777", project: fresh.projectId });
    const changes = [{ field: "projects", to: [fresh.projectId] }];
    return { target: { kind: "number", id: "+15550100777" }, changes };
  },
  "number.take-back": async () => {
    await operator.numbers.takeBack({ number: "+15550100777" });
    const changes = [{ field: "projects", from: [fresh.projectId], to: [] }];
    return { target: { kind: "number", id: "+15550100777" }, changes };
  },
  "provider.pause": async () => {
    await operator.system.pauseProvider({ name: "simulated", reason: "Drill" });
    const to = { by: "person", reason: "Drill", at: expect.any(Date) };
    const target = { kind: "provider", id: "simulated" };
    return { target, changes: [{ field: "paused", to }] };
  },
  "provider.resume": async () => {
    await operator.system.resumeProvider({ name: "simulated" });
    return { target: { kind: "provider", id: "simulated" } };
  },
  "webhook.create": async () => {
    const { endpoint } = await owner.webhooks.create({ ...WEBHOOK, events: ["call.exhausted"] });
    const changes = expect.arrayContaining([{ field: "url", to: WEBHOOK.url }]) as unknown;
    return { target: { kind: "webhook", id: endpoint._id }, changes };
  },
  "webhook.update": async () => {
    const id = await aWebhook();
    await owner.webhooks.update({ id, enabled: false });
    const changes = [
      { field: "enabled", from: true, to: false },
      { field: "disabledBy", to: "person" },
    ];
    return { target: { kind: "webhook", id }, changes };
  },
  "webhook.delete": async () => {
    const id = await aWebhook();
    await owner.webhooks.delete({ id });
    return { target: { kind: "webhook", id } };
  },
  "webhook.show-secret": async () => {
    const id = await aWebhook();
    await owner.webhooks.revealSecret({ id });
    return { target: { kind: "webhook", id } };
  },
  "webhook.rotate-secret": async () => {
    const id = await aWebhook();
    const { previousUntil } = await owner.webhooks.rotateSecret({ id, overlapSeconds: 3600 });
    return { target: { kind: "webhook", id }, facts: { previousUntil } };
  },
  "webhook.resend": async () => {
    const id = await aWebhook();
    const deliveryId = await aDelivery(id);
    await owner.webhooks.deliveries.resend({ id: deliveryId });
    return { target: { kind: "webhook", id }, facts: { deliveryId } };
  },
  "webhook.replay": async () => {
    const id = await aWebhook();
    const from = "2026-11-26T00:00:00.000Z";
    const to = "2126-11-26T00:00:00.000Z";
    await owner.webhooks.deliveries.replay({ id, from, to, only: "all" });
    return { target: { kind: "webhook", id }, facts: { from, to, only: "all", deliveries: 0 } };
  },
  "worker.drain": async () => {
    const info = { id: "w", role: "worker", host: "n", pid: 1, providers: [], simulated: [] };
    await fresh.store.processes.announce({ ...info, startedAt: new Date() });
    await operator.operator.workers.drain({ id: "w" });
    const changes = [{ field: "draining", from: false, to: true }];
    return { target: { kind: "worker", id: "w" }, changes };
  },
  "worker.resume": async () => {
    await operator.operator.workers.resume({ all: true });
    return { target: { kind: "worker", id: "w" } };
  },
};

const WEBHOOK = { url: "https://hooks.example.com/calls" };
const aWebhook = async () => {
  const { endpoint } = await fresh.store.webhookEndpoints.create(fresh.projectId, WEBHOOK);
  return endpoint._id;
};

const aDelivery = async (endpointId: string) => {
  const { projectId } = fresh;
  const eventId = `${randomUUID()}-e1`;
  const event = { eventId, type: "call.exhausted", sequence: 1, body: "{}" } as const;
  await fresh.store.webhookDeliveries.add([{ kind: "webhook", projectId, endpointId, ...event }]);
  return `${eventId}-${endpointId}`;
};

/** Lines that an act files beside its own. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  "calls.end-running": ["project.pause", "calls.cancel", "project.resume"],
};
const isOfInstallation = (act: string) => /^(provider|number|worker)\./.test(act);

describe.each(Object.entries(ACTS))("%s", (act, perform) => {
  test("has one line: who, when, from where, under which request, and what changed", async () => {
    const expected = await perform();
    const others = BESIDE[act] ?? [];
    const found = (await lines()).filter(
      (line) => line.actor.kind === "key" && !others.includes(line.act),
    );
    expect(found).toHaveLength(1);
    const { operatorAddress: address = found[0]?.address, ...line } = found[0]!;
    expect({ ...line, address }).toMatchObject({
      ...FROM,
      act,
      result: "done",
      actor: { kind: "key", id: expect.any(String) },
      createdAt: expect.any(Date),
      ...expected,
    });
    expect({ projectId: fresh.projectId, ...expected }).toMatchObject(
      isOfInstallation(act) ? {} : { projectId: found[0]?.projectId },
    );
    expect(found[0]?.projectId === undefined).toBe(isOfInstallation(act));
    const text = JSON.stringify(found);
    expect(text).not.toContain(SPOKEN);
    expect(text).not.toMatch(/cl_[\w-]{20}/);
    expect(text).not.toContain("whsec_");
  });
});

test("each of many calls that are canceled has its own line, under the one request", async () => {
  const ids = [await aCall("Queued"), await aCall("Completed"), await aCall("Queued")];
  await owner.calls.cancelMany({ ids });
  const found = await lines();
  expect(new Set(found.map(({ target }) => target?.id))).toEqual(new Set([ids[0], ids[2]]));
  expect(found).toHaveLength(2);
  expect(new Set(found.map(({ requestId }) => requestId))).toEqual(new Set(["r-1"]));
});

test("in a call's timeline an act shows who it was", async () => {
  const select = { attempts: true } as const;
  const by = { kind: "key", id: expect.any(String), name: "Pager" };
  const newKey = { projectId: fresh.projectId, name: "Pager" };
  const { key } = await fresh.store.keys.create({ ...newKey, permissions: ["Project Member"] });
  const asked = await fresh.caller({ apiKeys: [key] });
  const id = await aCall("Queued");
  await asked.calls.cancel({ id });
  const canceled = await asked.callLog.getItem({ id, select });
  expect(canceled.attempts?.[0]?.events).toMatchObject([{ status: "canceled", by }]);
  const { _id } = await asked.calls.retry({ id });
  const again = await asked.callLog.getItem({ id: _id, select });
  expect(again.attempts?.[0]?.events).toMatchObject([{ status: "requested", by }]);
  const unknown = await anUnknownCall();
  await asked.calls.resolve({ id: unknown, as: "call-again" });
  const resolved = await asked.callLog.getItem({ id: unknown, select });
  expect(resolved.attempts?.[0]?.events).toMatchObject([{ status: "lost", by }]);
});

test("an act whose line can't be filed is done, and its line is filed later", async () => {
  const failing = vi.spyOn(collectionsOf(fresh.store).auditLog, "insertMany");
  failing.mockRejectedValueOnce(new Error("away"));
  const id = await aCall("Queued");
  expect(await owner.calls.cancel({ id })).toMatchObject({ status: "Canceled" });
  expect(await lines()).toEqual([]);
  const record = await fresh.store.calls.find(id);
  expect(record?.unfiledActs).toHaveLength(1);
  expect(await owner.callLog.getItem({ id, select: { attempts: true } })).not.toHaveProperty(
    "unfiledActs",
  );
});

/** What each mutation leaves in the trail; `null` for those that need no line, with the reason. */
const ACTS_OF_MUTATIONS: Readonly<Record<string, ActName | null>> = {
  "alertSources.create": "alert-source.create",
  "alertSources.delete": "alert-source.delete",
  // It changes nothing; a mutation, because its body is too long for an address.
  "alertSources.dryRun": null,
  "alertSources.rotateToken": "alert-source.rotate-token",
  // It changes nothing here; what the source was sent is in the source's own log.
  "alertSources.testBack": null,
  "alertSources.update": "alert-source.update",
  "bulk.run": "calls.retry",
  "bulk.undo": "calls.cancel",
  "calls.callNow": "calls.call-now",
  "calls.cancel": "calls.cancel",
  "calls.cancelMany": "calls.cancel",
  // The call log is the record of a single call.
  "calls.dispatch": null,
  "calls.dispatchMany": "calls.dispatch-many",
  "calls.resolve": "calls.resolve",
  "calls.retry": "calls.retry",
  "calls.retryMany": "calls.retry",
  "deadLetters.drop": "dead-letter.drop",
  "deadLetters.replay": "dead-letter.replay",
  "keys.create": "key.create",
  "keys.revoke": "key.revoke",
  "keys.rotate": "key.rotate",
  "numbers.lend": "number.lend",
  "numbers.takeBack": "number.take-back",
  "operator.deadLetters.drop": "dead-letter.drop",
  "operator.deadLetters.replay": "dead-letter.replay",
  "operator.keys.create": "key.create",
  "operator.keys.revoke": "key.revoke",
  "operator.keys.rotate": "key.rotate",
  "operator.projects.create": "project.create",
  "operator.projects.pause": "project.pause",
  "operator.projects.resume": "project.resume",
  "operator.projects.update": "project.update",
  "operator.stop.calls": "calls.end-running",
  "operator.stop.resume": "provider.resume",
  "operator.webhooks.create": "webhook.create",
  "operator.webhooks.delete": "webhook.delete",
  "operator.webhooks.deliveries.replay": "webhook.replay",
  "operator.webhooks.deliveries.resend": "webhook.resend",
  "operator.webhooks.deliveries.resendFailed": "webhook.replay",
  "operator.webhooks.revealSecret": "webhook.show-secret",
  "operator.webhooks.rotateSecret": "webhook.rotate-secret",
  // One request to the receiver; nothing is changed.
  "operator.webhooks.test": null,
  "operator.webhooks.update": "webhook.update",
  "operator.workers.drain": "worker.drain",
  "operator.workers.resume": "worker.resume",
  "projects.doNotCall.add": "do-not-call.add",
  "projects.doNotCall.remove": "do-not-call.remove",
  "projects.pause": "project.pause",
  "projects.resume": "project.resume",
  "projects.update": "project.update",
  // Which of their projects people look at.
  "sessions.chooseProject": null,
  "sessions.end": "session.end",
  "sessions.endAll": "session.end",
  "stop.calls": "calls.end-running",
  "system.pauseProvider": "provider.pause",
  "system.resumeProvider": "provider.resume",
  "views.create": "saved-view.create",
  "views.delete": "saved-view.delete",
  "webhooks.create": "webhook.create",
  "webhooks.delete": "webhook.delete",
  "webhooks.deliveries.replay": "webhook.replay",
  "webhooks.deliveries.resend": "webhook.resend",
  "webhooks.deliveries.resendFailed": "webhook.replay",
  "webhooks.revealSecret": "webhook.show-secret",
  "webhooks.rotateSecret": "webhook.rotate-secret",
  // One request to the receiver; nothing is changed.
  "webhooks.test": null,
  "webhooks.update": "webhook.update",
};

test("every procedure that changes something has its act, and each of these acts is tried here", () => {
  const procedures = appRouter._def.procedures as unknown as Record<string, AnyProcedure>;
  const mutations = Object.entries(procedures).filter(([, { _def }]) => _def.type === "mutation");
  expect(Object.keys(ACTS_OF_MUTATIONS).toSorted()).toEqual(
    mutations.map(([path]) => path).toSorted(),
  );
  const tried = new Set(Object.keys(ACTS));
  expect(Object.values(ACTS_OF_MUTATIONS).filter((act) => act !== null && !tried.has(act))).toEqual(
    [],
  );
});

describe("reading", () => {
  test("is for administrators of the project, and for operators of the installation", async () => {
    await owner.projects.update({ retentionDays: 31 });
    await operator.system.pauseProvider({ name: "simulated", reason: "Drill" });
    await operator.system.resumeProvider({ name: "simulated" });
    const { data, count } = await owner.audit.list({ query: { act: "project.update" } });
    expect({ data, count }).toMatchObject({ data: [{ act: "project.update" }], count: 1 });
    expect(data[0]?.createdAt).toMatch(/^\d{4}-.*Z$/);
    expect(await owner.audit.count({ query: { act: ["provider.pause"] } })).toEqual({ count: 0 });
    const installation = await operator.audit.listInstallation({ limit: 1 });
    expect(installation).toMatchObject({ data: [{ act: "provider.resume" }], count: 2, limit: 1 });
    expect(await operator.audit.countInstallation()).toEqual({ count: 2 });
    const forbidden = { code: "FORBIDDEN" };
    await expect(operator.audit.list()).rejects.toMatchObject(forbidden);
    await expect(owner.audit.listInstallation()).rejects.toMatchObject(forbidden);
    await expect(owner.audit.countInstallation()).rejects.toMatchObject(forbidden);
    for (const permission of ["Project Member", "Viewer", "Read Masked Call Log"] as const) {
      const asked = await fresh.caller({ permissions: [permission] });
      await expect(asked.audit.list()).rejects.toMatchObject(forbidden);
      await expect(asked.audit.count()).rejects.toMatchObject(forbidden);
    }
  });

  test("what an operator does to a project is in both trails, without the operator's address there", async () => {
    const { projectId: id } = fresh;
    await operator.operator.projects.pause({ id, reason: "unpaid" });
    await operator.operator.projects.resume({ id });
    await operator.operator.projects.update({ id, settings: { name: "Shop 2" } });
    const ofOperator = await operator.audit.listInstallation();
    const acts = ["project.update", "project.resume", "project.pause"];
    expect(ofOperator.data.map(({ act }) => act)).toEqual(acts);
    expect(ofOperator.data[2]).toMatchObject({
      address: FROM.address,
      changes: [{ field: "operatorPause", to: { reason: "unpaid" } }],
    });
    const ofProject = await owner.audit.list();
    expect(ofProject.data.map(({ act }) => act)).toEqual(acts);
    expect(JSON.stringify(ofProject)).not.toContain(FROM.address);
  });

  test("refuses what it does not know, by its place", async () => {
    const asking = owner.audit.list({ query: { colour: 1 } });
    await expect(asking).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringMatching(/^query.colour: there is no "colour" to ask for/),
    });
    const sorting = owner.audit.list({ sort: { act: 1 } as object });
    await expect(sorting).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});
