import {
  auditListInput,
  deadLetterListInput,
  histogramInput,
  listInput,
  queryInput,
  statsInput,
} from "@call-log/model";

import type { Store } from "../store.ts";

const MS_PER_HOUR = 3_600_000;

/** What every kind of read answers about the projects of `previous-release.ejson` at a time. */
export async function readEverything(store: Store, now: Date): Promise<Record<string, unknown>> {
  const projects = await store.projects.list();
  const [bank = "", shop = ""] = projects.map(({ _id }) => _id);
  return {
    projects,
    ...(await readCalls(store, { bank, shop, now })),
    ...(await readAccess(store, { bank, shop })),
    ...(await readGuards(store, { shop, now })),
    deadLetters: [
      await store.deadLetters.list(shop, deadLetterListInput.parse({ state: "all" })),
      await store.deadLetters.list(null, deadLetterListInput.parse({})),
    ],
    audit: [
      await store.audit.list(shop, auditListInput.parse({ limit: 50 })),
      await store.audit.list(null, auditListInput.parse({ limit: 50 })),
    ],
    doNotCall: await store.doNotCall.list(shop),
    callerIds: await store.callerIds.list(),
    processes: await store.processes.alive(),
    migrations: (await store.migrations()).map(({ number, title }) => ({ number, title })),
  };
}

async function readCalls(
  store: Store,
  { bank, shop, now }: { bank: string; shop: string; now: Date },
) {
  const reader = store.createReader({ now: () => now });
  const list = (projectId: string, input: object) =>
    reader.list({ projectId, input: listInput.parse(input) });
  const count = async (query: object) =>
    (await reader.count({ projectId: shop, query: queryInput.parse(query) })).count;
  const first = await list(shop, { limit: 10 });
  const old = new Date(now.getTime() - 3 * MS_PER_HOUR).toISOString();
  return {
    lists: [
      first,
      await list(shop, { limit: 10, cursor: first.nextCursor }),
      await list(bank, { limit: 50, query: { status: "Queued" }, sort: { createdAt: "ASC" } }),
      await list(shop, { limit: 50, query: { tags: "night" }, sort: { toNumber: "ASC" } }),
    ],
    items: await Promise.all(first.data.map(({ _id }) => store.calls.find(_id, shop))),
    counts: [
      await count({}),
      await count({ status: "Completed" }),
      await count({ createdAt: { $lt: old } }),
    ],
    stats: await reader.stats({
      projectId: shop,
      ...statsInput.parse({ by: ["status", "day", "tag"] }),
    }),
    histogram: await reader.histogram({ projectId: shop, ...histogramInput.parse({}) }),
    health: await reader.health({ projectId: bank, now }),
    due: await store.calls.findDue(now, 100),
    // Named as in the answers that were recorded with the release before.
    unboundClaims: await store.calls.unmatchedClaimTimes({
      toNumber: "+15559998888",
      exceptCallLogId: "none",
    }),
    held: sortedById(
      await store.calls.findHeld({
        projectId: bank,
        reasons: ["project-paused"],
        heldUntil: now,
        limit: 50,
      }),
    ),
    backlog: await store.backlog.next(now, { limit: 10 }),
    rechecks: sortedById(await store.rechecks.open()),
  };
}

async function readAccess(store: Store, { bank, shop }: { bank: string; shop: string }) {
  return {
    keys: [await store.keys.list(shop), await store.keys.list(bank), await store.keys.list(null)],
    identities: [
      await store.keys.authenticate("a-key-of-the-fixture"),
      await store.keys.authenticate("an-operators-key"),
      (await store.keys.authenticate("a-revoked-key")) ?? null,
    ],
    sessions: await store.sessions.list(),
    secret: (await store.instance.findSecret())?.toString("base64"),
  };
}

async function readGuards(store: Store, { shop, now }: { shop: string; now: Date }) {
  const purpose = { projectId: shop, toNumber: "+15559998888", purpose: "db down" };
  return {
    spending: await store.budgets.spending(shop),
    reservations: await store.budgets.findDue(new Date(now.getTime() + 24 * MS_PER_HOUR), 10),
    numberRefusals: await store.numberRefusals.of(shop),
    providers: await store.providerStates.list(),
    purposeLock: await store.purposeLocks.take(purpose, "another-call"),
  };
}

function sortedById<T extends { _id: string }>(found: readonly T[]): T[] {
  return found.toSorted((a, b) => (a._id < b._id ? -1 : 1));
}
