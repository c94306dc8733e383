import { randomUUID } from "node:crypto";

import { type Acting, isOfInstallation, PERMISSION_NAMES } from "@call-log/model";
import { callbackUrls } from "@call-log/provider";
import { appRouter } from "@call-log/router";
import { IS_SECANTUS } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { type AskOptions, freshApi, type FreshApi } from "./testing/fresh-api.ts";
import { documentsOf, freshTenant, type Tenant, TENANT_MARKS } from "./testing/two-tenants.ts";

const NEW_CALL = { toNumber: "+15550100100", say: "Hello" };

type Attack = (a: Tenant) => unknown;
type Procedure = { _def: { type: string } };

const BULK_SCOPES = (["retry", "cancel"] as const).map((act) => ({ calls }: Tenant) => ({
  act,
  query: { _id: { _type: "Includes", value: Object.values(calls) } },
}));

/** What a key of another project sends to each procedure to get at what tenant A has. A new procedure fails the first test until it is here. */
const PROCEDURES: Readonly<Record<string, readonly Attack[]>> = {
  "alertSources.create": [
    ({ fromNumber }) => ({
      name: "mine",
      kind: "grafana",
      rule: { to: "+15550100100", fromNumber },
    }),
  ],
  "alertSources.delete": [({ alertSourceId }) => ({ id: alertSourceId })],
  "alertSources.dryRun": [
    ({ alertSourceId }) => ({
      id: alertSourceId,
      body: { event_action: "trigger", payload: { summary: "x" } },
    }),
  ],
  "alertSources.get": [({ alertSourceId }) => ({ id: alertSourceId })],
  "alertSources.list": [() => undefined],
  "alertSources.ofCall": byId("over"),
  "alertSources.recent": [({ alertSourceId }) => ({ id: alertSourceId })],
  "alertSources.rotateToken": [({ alertSourceId }) => ({ id: alertSourceId, overlapHours: 0 })],
  "alertSources.testBack": [({ alertSourceId }) => ({ id: alertSourceId })],
  "alertSources.update": [({ alertSourceId }) => ({ id: alertSourceId, enabled: false })],
  "attempts.payloads": byId("over"),
  "audit.count": [({ projectId }) => ({ query: { projectId } })],
  "audit.countInstallation": [() => ({})],
  "audit.list": [({ projectId }) => ({ query: { projectId } }), () => ({})],
  "audit.listInstallation": [() => ({})],
  "bulk.plan": BULK_SCOPES,
  "bulk.run": BULK_SCOPES.map((scope) => (a) => ({ ...scope(a), id: randomUUID() })),
  "bulk.undo": [({ calls }) => ({ id: randomUUID(), ids: Object.values(calls) })],
  "callLog.count": reading(),
  "callLog.figures": reading().map((attack) => (a) => ({
    ...(attack(a) as object),
    by: ["person", "country", "outcome"],
  })),
  "callLog.getItem": [
    ({ calls }) => ({ id: calls.over, select: { toNumber: true, callData: true, attempts: true } }),
  ],
  "callLog.getList": reading(),
  "callLog.histogram": reading(),
  "callLog.stats": reading().map((attack) => (a) => ({
    ...(attack(a) as object),
    by: ["status", "country"],
  })),
  "callLog.wait": [({ calls }) => ({ id: calls.over, timeout: 0, select: { toNumber: true } })],
  "calls.cancel": byId("waiting"),
  "calls.callNow": [({ calls }) => ({ id: calls.waiting, reason: "mine" })],
  "calls.cancelMany": [({ calls }) => ({ ids: Object.values(calls) })],
  "calls.dispatch": dispatching(),
  "calls.dispatchMany": [(a) => ({ requests: dispatching().map((attack) => attack(a)) })],
  "calls.calledAgain": byId("over"),
  "calls.calledAgainMany": [({ calls }) => ({ ids: Object.values(calls) })],
  "calls.preview": dispatching(),
  "calls.previewRetry": byId("over"),
  "calls.previewRetryMany": [({ calls }) => ({ ids: Object.values(calls) })],
  "calls.rehearse": dispatching().map((attack) => (a) => ({
    request: attack(a),
    script: "ordinary",
  })),
  "calls.resolve": [
    ({ calls }) => ({ id: calls.unknown, as: "not-placed" }),
    ({ calls }) => ({ id: calls.unknown, as: "call-again" }),
  ],
  "calls.retry": byId("over"),
  "calls.retryMany": [({ calls }) => ({ ids: Object.values(calls) })],
  "calls.speech": byId("over"),
  "incidents.get": [({ incidentId }) => ({ incidentId })],
  "people.get": [({ toNumber }) => ({ toNumber }), ({ userId }) => ({ userId })],
  "deadLetters.drop": [({ deadLetterId }) => ({ id: deadLetterId })],
  "deadLetters.get": [({ deadLetterId }) => ({ id: deadLetterId })],
  "deadLetters.list": [() => ({ state: "all" })],
  "deadLetters.replay": [({ deadLetterId }) => ({ id: deadLetterId })],
  "keys.create": [() => ({ name: "mine", permissions: ["Operator"] })],
  "keys.list": [() => undefined],
  "keys.revoke": [({ keyId }) => ({ id: keyId })],
  "keys.rotate": [({ keyId }) => ({ id: keyId })],
  "numbers.lend": [({ fromNumber }) => ({ number: fromNumber, project: "all" })],
  "numbers.list": [() => undefined],
  "numbers.takeBack": [({ fromNumber }) => ({ number: fromNumber })],
  "operator.deadLetters.drop": [({ deadLetterId }) => ({ id: deadLetterId })],
  "operator.deadLetters.get": [({ deadLetterId }) => ({ id: deadLetterId })],
  "operator.deadLetters.list": [() => ({ state: "all" })],
  "operator.deadLetters.replay": [({ deadLetterId }) => ({ id: deadLetterId })],
  "operator.health": [() => undefined],
  "operator.keys.create": [
    ({ projectId }) => ({ projectId, name: "mine", permissions: ["Viewer"] }),
  ],
  "operator.keys.list": [({ projectId }) => ({ projectId })],
  "operator.keys.revoke": [({ keyId }) => ({ id: keyId })],
  "operator.keys.rotate": [({ keyId }) => ({ id: keyId })],
  "operator.projects.create": [() => ({ name: "mine" })],
  "operator.projects.get": [({ projectId }) => ({ id: projectId })],
  "operator.projects.list": [() => undefined],
  "operator.projects.pause": [({ projectId }) => ({ id: projectId, reason: "stop" })],
  "operator.projects.resume": [({ projectId }) => ({ id: projectId })],
  "operator.projects.update": [({ projectId }) => ({ id: projectId, settings: { name: "mine" } })],
  "operator.status": [() => undefined],
  "operator.stop.calls": [() => ({ reason: "mine", endRunning: true })],
  "operator.stop.openCalls": [() => ({})],
  "operator.stop.resume": [() => ({ providers: ["simulated"] })],
  "operator.webhooks.create": [
    () => ({ url: "https://hooks.example.com/mine", events: ["nothing"] }),
  ],
  "operator.webhooks.delete": byWebhook(),
  "operator.webhooks.deliveries.get": [({ deliveryId }) => ({ id: deliveryId })],
  "operator.webhooks.deliveries.list": [
    () => ({}),
    ({ webhookId }) => ({ endpointId: webhookId }),
    ({ calls }) => ({ callLogId: calls.over }),
  ],
  "operator.webhooks.deliveries.replay": [
    ({ webhookId }) => ({ id: webhookId, from: "2026-01-01T00:00:00Z", only: "all" }),
  ],
  "operator.webhooks.deliveries.resend": [({ deliveryId }) => ({ id: deliveryId })],
  "operator.webhooks.deliveries.resendFailed": [
    () => ({ since: "2026-01-01T00:00:00Z" }),
    ({ webhookId }) => ({ since: "2026-01-01T00:00:00Z", endpointId: webhookId }),
  ],
  "operator.webhooks.get": byWebhook(),
  "operator.webhooks.list": [() => undefined],
  "operator.webhooks.revealSecret": [
    ...byWebhook(),
    ({ projectId }) => ({ id: projectId }),
    ({ projectId }) => ({ id: `notify-${projectId}` }),
  ],
  "operator.webhooks.rotateSecret": byWebhook(),
  "operator.webhooks.test": byWebhook(),
  "operator.webhooks.update": [({ webhookId }) => ({ id: webhookId, enabled: true })],
  "operator.workers.drain": [() => ({ all: true })],
  "operator.workers.resume": [() => ({ all: true })],
  "projects.budget": [() => undefined],
  "projects.doNotCall.add": [() => ({ numbers: ["+15550100999"] })],
  "projects.doNotCall.list": [() => undefined],
  "projects.doNotCall.remove": [() => ({ number: "+15557770003" })],
  "projects.get": [() => undefined],
  "projects.pause": [() => ({ reason: "mine" })],
  "projects.resume": [() => undefined],
  "projects.previewSettings": [() => ({ settings: { name: "mine" } })],
  "projects.update": [({ fromNumber }) => ({ fromNumbers: [fromNumber] })],
  "search.find": [
    ({ calls }) => ({ text: calls.over }),
    ({ calls }) => ({ text: calls.over.slice(0, 13) }),
    () => ({ text: "+1555777" }),
    () => ({ text: "tenant-a" }),
  ],
  "sessions.chooseProject": [({ projectId }) => ({ project: projectId })],
  "sessions.end": [({ sessionId }) => ({ id: sessionId })],
  "sessions.endAll": [() => ({})],
  "sessions.list": [() => undefined],
  "stop.calls": [() => ({ reason: "mine", endRunning: true })],
  "stop.openCalls": [() => undefined],
  "system.health": [() => undefined],
  "system.pauseProvider": [() => ({ name: "simulated", reason: "mine" })],
  "system.resumeProvider": [() => ({ name: "simulated" })],
  "system.status": [() => undefined],
  "views.create": [() => ({ name: randomUUID(), query: "" })],
  "views.delete": [({ viewId }) => ({ id: viewId })],
  "views.list": [() => undefined],
  "webhooks.create": [() => ({ url: "https://hooks.example.com/mine", events: ["nothing"] })],
  "webhooks.delete": byWebhook(),
  "webhooks.deliveries.get": [({ deliveryId }) => ({ id: deliveryId })],
  "webhooks.deliveries.list": [
    () => ({}),
    ({ webhookId }) => ({ endpointId: webhookId }),
    ({ calls }) => ({ callLogId: calls.over }),
  ],
  "webhooks.deliveries.replay": [
    ({ webhookId }) => ({ id: webhookId, from: "2026-01-01T00:00:00Z", only: "all" }),
  ],
  "webhooks.deliveries.resend": [({ deliveryId }) => ({ id: deliveryId })],
  "webhooks.deliveries.resendFailed": [
    () => ({ since: "2026-01-01T00:00:00Z" }),
    ({ webhookId }) => ({ since: "2026-01-01T00:00:00Z", endpointId: webhookId }),
  ],
  "webhooks.get": byWebhook(),
  "webhooks.list": [() => undefined],
  "webhooks.revealSecret": [
    ...byWebhook(),
    ({ projectId }) => ({ id: projectId }),
    ({ projectId }) => ({ id: `notify-${projectId}` }),
  ],
  "webhooks.rotateSecret": byWebhook(),
  "webhooks.test": byWebhook(),
  "webhooks.update": [({ webhookId }) => ({ id: webhookId, enabled: true })],
};

/** Streams answer over time: `call-feed.test.ts`, `live-calls.test.ts` and `wait-for-call.test.ts` hold them to one project. */
const STREAMS = ["callLog.follow", "callLog.live"];

function byId(call: keyof Tenant["calls"]): Attack[] {
  return [({ calls }) => ({ id: calls[call] })];
}

function byWebhook(): Attack[] {
  return [({ webhookId }) => ({ id: webhookId })];
}

function reading(): Attack[] {
  return [
    ({ projectId }) => ({ query: { projectId } }),
    ({ projectId }) => ({ query: { project: { _id: projectId } } }),
    ({ calls }) => ({ query: { _id: { _type: "Includes", value: Object.values(calls) } } }),
    ({ projectId }) => ({ query: { $or: [{ projectId }, { projectId: { $ne: "x" } }] } }),
    () => ({ query: { $nor: [{ status: "no such status" }] } }),
    () => ({ query: { tags: "tenant-a" } }),
    () => ({ query: { toNumber: { _type: "StartsWith", value: "+1555777" } } }),
  ];
}

function dispatching(): Attack[] {
  return [
    ({ fromNumber }) => ({ ...NEW_CALL, fromNumber }),
    ({ idempotencyKey }) => ({ ...NEW_CALL, idempotencyKey }),
    ({ projectId }) => ({ ...NEW_CALL, projectId }),
  ];
}

/** REST routes beside the procedures, as far as they take something of A's. */
const ROUTES: readonly ((a: Tenant) => { method: string; url: string; body?: unknown })[] = [
  ({ calls }) => ({ method: "GET", url: `/api/call-log/${calls.over}/get-item` }),
  ({ calls }) => ({ method: "GET", url: `/calls/${calls.over}` }),
  ({ calls }) => ({ method: "GET", url: `/api/call-log/${calls.over}/wait` }),
  ({ calls }) => ({ method: "GET", url: `/api/call-log/${calls.over}/events` }),
  ({ projectId }) => ({
    method: "POST",
    url: "/api/call-log/get-list",
    body: { query: { projectId }, select: { toNumber: true, callData: true } },
  }),
  ({ projectId }) => ({
    method: "POST",
    url: "/api/call-log/count",
    body: { query: { projectId } },
  }),
  ({ fromNumber }) => ({ method: "POST", url: "/api/call-log", body: { ...NEW_CALL, fromNumber } }),
  ({ idempotencyKey }) => ({
    method: "POST",
    url: "/api/call-log",
    body: { ...NEW_CALL, idempotencyKey },
  }),
  ({ calls }) => ({ method: "DELETE", url: `/api/call-log/${calls.over}` }),
  ({ calls }) => ({ method: "POST", url: `/calls/${calls.waiting}/cancel` }),
  ({ calls }) => ({
    method: "POST",
    url: `/calls/${calls.waiting}/call-now`,
    body: { reason: "mine" },
  }),
  ({ calls }) => ({ method: "POST", url: `/calls/${calls.over}/retry` }),
  ({ calls }) => ({
    method: "POST",
    url: `/calls/${calls.unknown}/resolve`,
    body: { as: "not-placed" },
  }),
  ({ projectId }) => ({
    method: "POST",
    url: "/audit/get-list",
    body: { query: { projectId } },
  }),
  () => ({ method: "POST", url: "/installation/audit/get-list", body: {} }),
  () => ({ method: "GET", url: "/webhooks" }),
  ({ webhookId }) => ({ method: "GET", url: `/webhooks/${webhookId}` }),
  ({ webhookId }) => ({ method: "PATCH", url: `/webhooks/${webhookId}`, body: { enabled: true } }),
  ({ webhookId }) => ({ method: "DELETE", url: `/webhooks/${webhookId}` }),
  ({ webhookId }) => ({ method: "POST", url: `/webhooks/${webhookId}/secret` }),
  ({ webhookId }) => ({ method: "POST", url: `/webhooks/${webhookId}/rotate-secret` }),
  ({ webhookId }) => ({ method: "POST", url: `/webhooks/${webhookId}/test` }),
  ({ webhookId }) => ({
    method: "POST",
    url: `/webhooks/${webhookId}/replay`,
    body: { from: "2026-01-01T00:00:00Z", only: "all" },
  }),
  ({ webhookId }) => ({ method: "GET", url: `/webhook-deliveries?endpointId=${webhookId}` }),
  ({ deliveryId }) => ({ method: "GET", url: `/webhook-deliveries/${deliveryId}` }),
  ({ deliveryId }) => ({ method: "POST", url: `/webhook-deliveries/${deliveryId}/resend` }),
  ({ webhookId: endpointId }) => ({
    method: "POST",
    url: "/webhook-deliveries/resend-failed",
    body: { since: "2026-01-01T00:00:00Z", endpointId },
  }),
  () => ({ method: "GET", url: "/alert-sources" }),
  ({ alertSourceId: id }) => ({ method: "GET", url: `/alert-sources/${id}` }),
  ({ alertSourceId: id }) => ({
    method: "PATCH",
    url: `/alert-sources/${id}`,
    body: { enabled: false },
  }),
  ({ alertSourceId: id }) => ({ method: "DELETE", url: `/alert-sources/${id}` }),
  ({ alertSourceId: id }) => ({ method: "GET", url: `/alert-sources/${id}/deliveries` }),
  ({ alertSourceId: id }) => ({
    method: "POST",
    url: `/alert-sources/${id}/rotate-token`,
    body: { overlapHours: 0 },
  }),
  ({ alertSourceId: id }) => ({
    method: "POST",
    url: `/alert-sources/${id}/dry-run`,
    body: { body: { event_action: "trigger", payload: { summary: "x" } } },
  }),
  () => ({ method: "GET", url: "/health" }),
  () => ({ method: "GET", url: "/installation/health" }),
];

let api: FreshApi;
let a: Tenant;
beforeAll(async () => {
  api = await freshApi();
  a = await freshTenant(api);
});
afterAll(() => api[Symbol.asyncDispose]());

test("every procedure is attacked", () => {
  const names = [...Object.keys(PROCEDURES), ...STREAMS].toSorted();
  expect(names).toEqual(Object.keys(appRouter._def.procedures).toSorted());
});

test("tenant A has all that can be had", async () => {
  const documents = await documentsOf(api, a);
  const names = Object.entries(documents).flatMap(([name, all]) => (all.length > 0 ? [name] : []));
  expect(names).toEqual(
    expect.arrayContaining([
      "callLogs",
      "projects",
      "apiKeys",
      "sessions",
      "callerIds",
      "doNotCall",
      "deadLetters",
      "savedViews",
      "webhookEndpoints",
      "webhookDeliveries",
    ]),
  );
  expect(JSON.stringify(documents)).toContain(TENANT_MARKS.at(-1));
});

// What a permission may is decided before any database is asked; on SecantusDB, where it takes minutes, by the key that may most.
const PERMISSIONS = PERMISSION_NAMES.filter(
  (name) => !isOfInstallation(name) && (!IS_SECANTUS || name === "Project Owner"),
);

describe.each(PERMISSIONS)("a key of project B with %s", (permission) => {
  test("reads, changes and pays nothing of A by any procedure", async () => {
    const { key } = await api.keyWith([permission]);
    const before = await documentsOf(api, a);
    for (const [path, attacks] of Object.entries(PROCEDURES))
      for (const attack of attacks) {
        const { text } = await askProcedure(path, key, attack(a));
        expect({ path, leaks: leaksIn(text, attack(a)) }).toEqual({ path, leaks: [] });
      }
    expect(await documentsOf(api, a)).toEqual(before);
  });

  test("gets for what A has the answer for what nobody has", async () => {
    const { key } = await api.keyWith([permission]);
    const nobody = unknownTenant();
    for (const [path, attacks] of Object.entries(PROCEDURES).filter(([name]) => !TELLING.has(name)))
      for (const attack of attacks) {
        const foreign = await askProcedure(path, key, attack(a));
        const unknown = await askProcedure(path, key, attack(nobody));
        expect({ path, ...plain(foreign, a) }).toEqual({ path, ...plain(unknown, nobody) });
      }
  });

  test("nor by any route", async () => {
    const { key } = await api.keyWith([permission]);
    const before = await documentsOf(api, a);
    for (const routeOf of ROUTES) {
      const { method, url, body } = routeOf(a);
      const { status, text } = await api.ask(method, url, { key, body });
      expect({ url, is5xx: status >= 500 }).toEqual({ url, is5xx: false });
      expect({ url, leaks: leaksIn(text, body) }).toEqual({ url, leaks: [] });
    }
    for (const format of ["csv", "jsonl"]) {
      const query = encodeURIComponent(JSON.stringify({ projectId: a.projectId }));
      const url = `/export/calls.${format}?query=${query}`;
      const { payload } = await api.server.inject({ method: "GET", url, headers: { ApiKey: key } });
      expect(leaksIn(payload, undefined)).toEqual([]);
    }
    expect(await documentsOf(api, a)).toEqual(before);
  });
});

test("a session of B that names A's project reads and changes nothing of A", async () => {
  const { key } = await api.keyWith(["Project Owner"]);
  const signedIn = await api.ask("POST", "/session", { key: null, body: { apiKey: key } });
  const cookie = String(signedIn.headers["set-cookie"]).split(";")[0]!;
  const headers = { cookie, "x-call-log-project": a.projectId };
  const before = await documentsOf(api, a);
  for (const [path, attacks] of Object.entries(PROCEDURES))
    for (const attack of attacks) {
      const { status, text } = await askProcedure(path, { key: null, headers }, attack(a));
      expect({ path, status, leaks: leaksIn(text, attack(a)) }).toEqual({
        path,
        status: 409,
        leaks: [],
      });
    }
  expect(await documentsOf(api, a)).toEqual(before);
});

test("a place in A's lists leads B nowhere in A's lists", async () => {
  const theirs = { key: a.key, body: { limit: 1 } };
  for (const url of ["/audit/get-list", "/api/call-log/get-list"]) {
    const { body } = await api.ask("POST", url, theirs);
    const cursor = body["nextCursor"];
    expect({ url, cursor }).toEqual({ url, cursor: expect.any(String) });
    const { status, text } = await api.ask("POST", url, { body: { limit: 100, cursor } });
    expect([200, 400]).toContain(status);
    expect(leaksIn(text, undefined)).toEqual([]);
  }
});

test("why and by whom a carrier is paused is the operator's to know", async () => {
  const acting: Acting = {
    actor: { kind: "key", id: "operators-key-4711", name: "Olga Operator" },
    address: "198.51.100.77",
    requestId: "operators-request",
    isOperator: true,
  };
  const secrets = ["SECRET REASON", "operators-key-4711", "Olga Operator", "198.51.100.77"];
  const { providerStates } = api.store;
  await providerStates.pause("simulated", { by: "person", reason: secrets[0]! }, acting);
  onTestFinished(async () => void (await providerStates.resume("simulated")));
  const operator = await api.keyWith(["Operator"]);
  expect((await askProcedure("operator.health", operator.key, undefined)).text).toContain(
    secrets[0],
  );
  const procedures = Object.entries(PROCEDURES).filter(([path]) => typeOf(path) === "query");
  for (const key of [a.key, api.key])
    for (const [path, attacks] of procedures)
      for (const attack of attacks) {
        const { text } = await askProcedure(path, key, attack(a));
        const seen = secrets.filter((secret) => text.includes(secret));
        expect({ path, seen }).toEqual({ path, seen: [] });
      }
});

test("a callback with the secret of B's attempt says nothing of A's attempt", async () => {
  const before = await documentsOf(api, a);
  const [mine] = await api.keep({ status: "Ringing" });
  const addressOf = (attemptId: string) =>
    callbackUrls({
      publicUrl: "",
      provider: "simulated",
      attemptId,
      callbackKey: api.dependencies.secrets.callbacks.current,
    }).status;
  const forged = addressOf(`${mine!._id}-1`).replace(mine!._id, a.calls.waiting);
  const answer = await api.server.inject({
    method: "POST",
    url: forged,
    payload: "CallStatus=completed",
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect(answer.statusCode).toBe(403);
  expect(await documentsOf(api, a)).toEqual(before);
});

test("B can't say that its lost call was A's call at the carrier", async () => {
  const before = await documentsOf(api, a);
  const [mine] = await api.keep({ status: "Unknown" });
  const body = { as: "placed", providerCallId: a.providerCallId };
  const { status } = await api.ask("POST", `/calls/${mine!._id}/resolve`, { body });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(await documentsOf(api, a)).toEqual(before);
});

/** Procedures whose answer has to differ: a number that another project owns is refused, and what B makes has an id of its own. */
const TELLING = new Set([
  "projects.update",
  "calls.dispatch",
  "calls.dispatchMany",
  "calls.preview",
  "calls.rehearse",
  "keys.create",
]);

function unknownTenant(): Tenant {
  const [waiting, over, unknown] = [randomUUID(), randomUUID(), randomUUID()];
  return {
    projectId: randomUUID(),
    keyId: randomUUID(),
    key: "nobody's",
    calls: { waiting, over, unknown },
    fromNumber: "+15557770009",
    idempotencyKey: "nobody's",
    providerCallId: "CA-nobody",
    sessionId: "nobody",
    deadLetterId: randomUUID(),
    webhookId: randomUUID(),
    deliveryId: `${randomUUID()}-e1-${randomUUID()}`,
    alertSourceId: randomUUID(),
    viewId: randomUUID(),
    toNumber: "+15557770008",
    userId: randomUUID(),
    incidentId: randomUUID(),
  };
}

function typeOf(path: string): string | undefined {
  const procedures = appRouter._def.procedures as unknown as Record<string, Procedure>;
  return procedures[path]?._def.type;
}

async function askProcedure(path: string, by: string | AskOptions, input: unknown) {
  const options = typeof by === "string" ? { key: by } : by;
  if (typeOf(path) === "mutation")
    return api.ask("POST", `/trpc/${path}`, { ...options, body: input ?? {} });
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  return api.ask("GET", `/trpc/${path}${query}`, options);
}

// What B wrote itself may stand in the answer.
function leaksIn(text: string, sent: unknown): string[] {
  const own = JSON.stringify(sent ?? "");
  return TENANT_MARKS.filter((mark) => text.includes(mark) && !own.includes(mark));
}

/** An answer without ids, times and measures, which differ from one to the next. */
function plain({ status, text }: { status: number; text: string }, { projectId }: Tenant) {
  const words = text
    .replaceAll(projectId, "")
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "")
    .replaceAll(/"ms":\d+/g, "");
  return { status, words };
}
