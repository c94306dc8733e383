import type { Db, IndexDescription } from "mongodb";

import type { CollectionName } from "./collections.ts";

// Every list is newest first with the id as tie-breaker; an index that ends so serves filter, order and cursor.
const newestFirst = { createdAt: -1, _id: -1 } as const;

// Few documents carry an unfiled line, and only for a short time.
const unfiled = { name: "unfiled", key: { "unfiledActs.createdAt": 1 }, sparse: true } as const;

// Only a delivery that has not ended has a time at which it is due.
const waiting = { dueAt: { $exists: true } } as const;

/** Indexes of every collection. None but the primary keys is unique: others do not hold on a sharded cluster. */
export const INDEXES = {
  callLogs: [
    { name: "byProject", key: { projectId: 1, ...newestFirst } },
    { name: "byStatus", key: { projectId: 1, status: 1, ...newestFirst } },
    { name: "byToNumber", key: { projectId: 1, toNumber: 1, ...newestFirst } },
    { name: "byToEnd", key: { projectId: 1, "lookup.toReversed": 1, ...newestFirst } },
    { name: "byFromNumber", key: { projectId: 1, fromNumber: 1, ...newestFirst } },
    { name: "byTerm", key: { projectId: 1, "lookup.terms": 1, ...newestFirst } },
    { name: "byTag", key: { projectId: 1, tags: 1, ...newestFirst } },
    {
      name: "byUser",
      key: { projectId: 1, userId: 1, ...newestFirst },
      partialFilterExpression: { userId: { $exists: true } },
    },
    {
      name: "byIncident",
      key: { projectId: 1, incidentId: 1, ...newestFirst },
      partialFilterExpression: { incidentId: { $exists: true } },
    },
    { name: "byUpdate", key: { projectId: 1, updatedAt: 1, _id: 1 } },
    // One firing of an alert has few calls, which are sorted when they are found.
    { name: "byAlert", key: { "alertOrigin.key": 1 }, sparse: true },
    { name: "byProviderCall", key: { "attempts.providerCallId": 1 }, sparse: true },
    { name: "due", key: { wakeAt: 1 }, sparse: true },
    {
      name: "dueByProject",
      key: { projectId: 1, wakeAt: 1 },
      partialFilterExpression: { wakeAt: { $exists: true } },
    },
    {
      name: "held",
      key: { waitsFor: 1, projectId: 1 },
      partialFilterExpression: { waitsFor: { $exists: true } },
    },
    { name: "outbox", key: { outboxAt: 1 }, sparse: true },
    { name: "retention", key: { expireAt: 1 }, expireAfterSeconds: 0 },
    unfiled,
  ],
  projects: [{ name: "lookAgain", key: { "lookAgain.at": 1 }, sparse: true }, unfiled],
  apiKeys: [
    { name: "byKeyId", key: { keyId: 1 } },
    { name: "byProject", key: { projectId: 1, createdAt: 1 } },
    unfiled,
  ],
  sessions: [
    { name: "byHolder", key: { holderId: 1, ...newestFirst } },
    { name: "end", key: { endsAt: 1 }, expireAfterSeconds: 0 },
  ],
  signIns: [{ name: "end", key: { endsAt: 1 }, expireAfterSeconds: 0 }],
  settings: [],
  providers: [unfiled],
  processes: [{ name: "expiry", key: { expireAt: 1 }, expireAfterSeconds: 0 }, unfiled],
  callerIds: [
    { name: "byOwner", key: { owner: 1 }, sparse: true },
    { name: "byBorrower", key: { lentTo: 1 }, sparse: true },
    unfiled,
  ],
  numberRefusals: [
    { name: "byProject", key: { projectId: 1 } },
    { name: "forgotten", key: { forgetAt: 1 }, expireAfterSeconds: 0 },
  ],
  fences: [],
  backlog: [{ name: "byTurn", key: { rank: 1, projectId: 1, dueAt: 1 } }],
  budgets: [],
  reservations: [
    { name: "due", key: { checkAt: 1 } },
    { name: "dueByProject", key: { projectId: 1, checkAt: 1 } },
  ],
  calleeTurns: [{ name: "expiry", key: { expireAt: 1 }, expireAfterSeconds: 0 }],
  periodSums: [],
  doNotCall: [{ name: "byProject", key: { projectId: 1, number: 1 } }, unfiled],
  auditLog: [
    { name: "byScope", key: { scopes: 1, ...newestFirst } },
    { name: "byAct", key: { scopes: 1, act: 1, ...newestFirst } },
    { name: "byActor", key: { scopes: 1, "actor.id": 1, ...newestFirst } },
    { name: "byTarget", key: { scopes: 1, "target.id": 1, ...newestFirst } },
    { name: "retention", key: { expireAt: 1 }, expireAfterSeconds: 0 },
  ],
  migrations: [],
  begunActs: [{ name: "byGiveUp", key: { giveUpAt: 1 } }],
  deadLetters: [
    { name: "byScope", key: { scope: 1, ...newestFirst } },
    { name: "byState", key: { scope: 1, state: 1, ...newestFirst } },
    { name: "open", key: { state: 1, createdAt: 1 } },
    { name: "retention", key: { expireAt: 1 }, expireAfterSeconds: 0 },
    unfiled,
  ],
  // Few at a time.
  problems: [],
  problemEvents: [
    { name: "byTime", key: { at: -1 } },
    { name: "retention", key: { expireAt: 1 }, expireAfterSeconds: 0 },
  ],
  webhookEndpoints: [{ name: "byScope", key: { scope: 1, createdAt: 1, _id: 1 } }, unfiled],
  webhookDeliveries: [
    { name: "byScope", key: { scope: 1, ...newestFirst } },
    { name: "byEndpoint", key: { endpointId: 1, ...newestFirst } },
    { name: "byCall", key: { callLogId: 1 }, sparse: true },
    { name: "due", key: { dueAt: 1 }, sparse: true },
    { name: "dueByLane", key: { lane: 1, dueAt: 1 }, partialFilterExpression: waiting },
    { name: "inOrder", key: { order: 1, sequence: 1 }, partialFilterExpression: waiting },
    { name: "retention", key: { expireAt: 1 }, expireAfterSeconds: 0 },
  ],
  alertSources: [
    { name: "byProject", key: { projectId: 1, createdAt: 1 } },
    { name: "byToken", key: { "tokens.hash": 1 } },
    unfiled,
  ],
  savedViews: [{ name: "byProject", key: { projectId: 1, createdAt: 1 } }, unfiled],
  alertDeliveries: [{ name: "bySource", key: { sourceId: 1, at: -1 } }],
} as const satisfies Record<CollectionName, readonly IndexDescription[]>;

/** Create missing indexes; existing ones cost nothing. */
export async function ensureIndexes(database: Db): Promise<void> {
  for (const [name, indexes] of Object.entries(INDEXES)) {
    if (indexes.length > 0) await database.collection(name).createIndexes([...indexes]);
  }
}
