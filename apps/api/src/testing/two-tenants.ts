import { randomUUID } from "node:crypto";

import { newAlertSource, SYSTEM_ACTING } from "@call-log/model";
import type { Store } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { anAttempt, callRecord, waitFor } from "@call-log/testing";

import type { FreshApi } from "./fresh-api.ts";

/** What a project has that another one may not read, change, delay or pay for. */
export interface Tenant {
  projectId: string;
  keyId: string;
  key: string;
  /** A call that waits, one that is over, one that is held as unknown. */
  calls: { waiting: string; over: string; unknown: string };
  fromNumber: string;
  idempotencyKey: string;
  providerCallId: string;
  sessionId: string;
  /** A refused request of the queue. */
  deadLetterId: string;
  /** A webhook endpoint, and a delivery to it that arrived. */
  webhookId: string;
  deliveryId: string;
  alertSourceId: string;
  viewId: string;
  toNumber: string;
  userId: string;
  incidentId: string;
}

/** Texts and numbers that stand in what the tenant has, and nowhere else. */
export const TENANT_MARKS = [
  "tenant-a",
  "+15557770001",
  "+15557770002",
  "+15557770003",
  "47114711",
];

const [MARK, TO_NUMBER, FROM_NUMBER, BARRED_NUMBER, DIGITS] = TENANT_MARKS as [
  string,
  string,
  string,
  string,
  string,
];

/** Who and what the calls of the tenant are about. */
const ABOUT = { toNumber: TO_NUMBER, userId: randomUUID(), incidentId: randomUUID() };

/** Give a project of its own everything that a project can have, with `TENANT_MARKS` in it. */
export async function freshTenant(api: FreshApi): Promise<Tenant> {
  const { store } = api;
  const { _id: projectId } = await store.projects.create({
    name: `${MARK} project`,
    fromNumbers: [FROM_NUMBER],
    budget: { perDayUSD: "5.00", perMonthUSD: "50.00" },
  });
  const owner = { projectId, permissions: ["Project Owner" as const], name: `${MARK} key` };
  const { id: keyId, key } = await store.keys.create(owner);
  await store.doNotCall.add(projectId, [BARRED_NUMBER]);
  await store.projects.pause(projectId, `${MARK} reason`);
  const idempotencyKey = "key-of-a";
  const request = { toNumber: TO_NUMBER, say: `${MARK} says`, idempotencyKey };
  const accepted = await api.ask("POST", "/api/call-log", { key, body: request });
  const deadLetterId = randomUUID();
  await store.deadLetters.keep({
    _id: deadLetterId,
    jobId: `${MARK} job`,
    projectId,
    madeAt: new Date(),
    version: 1,
    attempts: 1,
    code: "BAD_REQUEST",
    reason: `fromNumber: must be one of: ${FROM_NUMBER}`,
    fields: ["fromNumber"],
    isSensitive: false,
    payload: JSON.stringify({ projectId, request: { ...request, fromNumber: FROM_NUMBER } }),
  });
  const webhook = await webhookOf(store, projectId);
  const rule = { to: TO_NUMBER, fromNumber: FROM_NUMBER };
  const { source } = await store.alertSources.create(
    projectId,
    newAlertSource.parse({ name: `${MARK} source`, kind: "pagerduty", rule }),
  );
  const view = await store.savedViews.create(
    projectId,
    { name: `${MARK} view`, query: `tag=${MARK}` },
    SYSTEM_ACTING,
  );
  const [over, unknown] = [ended(projectId), held(projectId)];
  await store.calls.insertMany([over, unknown]);
  await api.ask("POST", "/session", { key: null, body: { apiKey: key } });
  const session = await collectionsOf(store).sessions.findOne({ "holder.keyId": keyId });
  // When a key was last used is written a moment later, and must not look like an act of somebody else.
  await waitFor(async () => (await store.keys.list(projectId))[0]?.lastUsedAt);
  return {
    projectId,
    keyId,
    key,
    calls: { waiting: String(accepted.body["_id"]), over: over._id, unknown: unknown._id },
    fromNumber: FROM_NUMBER,
    idempotencyKey,
    providerCallId: `CA-${MARK}`,
    sessionId: session?._id ?? "",
    deadLetterId,
    ...webhook,
    alertSourceId: source._id,
    viewId: view._id,
    ...ABOUT,
  };
}

async function webhookOf({ webhookEndpoints, webhookDeliveries }: Store, projectId: string) {
  const url = `https://${MARK}.example.com/hook`;
  const { endpoint } = await webhookEndpoints.create(projectId, { url, description: MARK });
  const { _id: webhookId } = endpoint;
  const eventId = `${randomUUID()}-e1`;
  const event = { eventId, type: "call.exhausted", sequence: 1 } as const;
  const body = JSON.stringify({ data: { callLog: { toNumber: TO_NUMBER } } });
  const delivery = { kind: "webhook", projectId, endpointId: webhookId, body, ...event } as const;
  await webhookDeliveries.add([delivery]);
  return { webhookId, deliveryId: `${eventId}-${webhookId}` };
}

function ended(projectId: string) {
  const _id = randomUUID();
  const facts = { state: "ended", outcome: "reached", digits: DIGITS } as const;
  return callRecord({
    _id,
    projectId,
    status: "Completed",
    fromNumber: FROM_NUMBER,
    callData: { message: `${MARK} says` },
    tags: [MARK],
    ...ABOUT,
    user: { _id: ABOUT.userId, name: MARK },
    incident: { _id: ABOUT.incidentId, title: MARK },
    statusMessage: `${MARK} message`,
    attempts: [anAttempt(_id, { ...facts, providerCallId: `CA-${MARK}`, provider: "simulated" })],
  });
}

function held(projectId: string) {
  const _id = randomUUID();
  const facts = { state: "unknown", outcome: "lost", provider: "simulated" } as const;
  return callRecord({
    _id,
    projectId,
    status: "Unknown",
    toNumber: TO_NUMBER,
    fromNumber: FROM_NUMBER,
    tags: [MARK],
    attempts: [anAttempt(_id, facts)],
  });
}

/** Every document of the database that names the project or its key, by collection; and every other one that holds one of its marks. */
export async function documentsOf(
  { store }: FreshApi,
  { projectId, keyId }: Pick<Tenant, "projectId" | "keyId">,
): Promise<Record<string, unknown[]>> {
  const isTheirs = (text: string) => text.includes(projectId) || text.includes(keyId);
  const holdsMark = (text: string) => TENANT_MARKS.some((mark) => text.includes(mark));
  const entries = Object.entries(collectionsOf(store)).map(async ([name, collection]) => {
    const all = await (collection as { find(): { toArray(): Promise<object[]> } }).find().toArray();
    const found = all.filter((one) => {
      const text = JSON.stringify(one);
      return isTheirs(text) || holdsMark(text);
    });
    return [name, found] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
