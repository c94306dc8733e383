import { figuresInput, histogramInput, listInput, searchTerms, statsInput } from "@call-log/model";
import {
  callRecord,
  FIXTURE_PROJECT_ID as projectId,
  freshEmbeddedDatabase,
} from "@call-log/testing";
import { type Document, MongoClient } from "mongodb";
import { expect, test } from "vitest";

import { openCollections } from "./collections.ts";
import { openStores } from "./open-stores.ts";
import { claimOf } from "./testing/claim-of.ts";
import { later } from "./testing/on-each-store.ts";
import { patientReader } from "./testing/patient-reader.ts";

/** Where a cluster that is sharded by project and id would send a command on call logs. */
type Reach = "the project's shards" | "all shards, by id" | "all shards";

const WIDER: readonly Reach[] = ["all shards", "all shards, by id"];

function reachOf(command: Document): Reach {
  const reaches = new Set(filtersOf(command).map(reachOfFilter));
  return WIDER.find((reach) => reaches.has(reach)) ?? "the project's shards";
}

function reachOfFilter(filter: Document): Reach {
  if (names(filter, "projectId")) return "the project's shards";
  return names(filter, "_id") ? "all shards, by id" : "all shards";
}

// What `mongos` looks at: a value, or a list of them, that must hold.
function names(filter: Document, path: string): boolean {
  const value = filter[path] as unknown;
  if (typeof value === "string") return true;
  if (typeof value === "object" && value !== null && "$in" in value) return true;
  return ((filter["$and"] ?? []) as Document[]).some((one) => names(one, path));
}

function filtersOf(command: Document): Document[] {
  const { filter, query, pipeline, updates = [], deletes = [], documents = [] } = command;
  if (pipeline !== undefined) return filtersOfStages(command["aggregate"], pipeline);
  const conditions = [...updates, ...deletes].map(({ q }: Document) => q as Document);
  return [...[filter, query].filter((one) => one !== undefined), ...conditions, ...documents];
}

function filtersOfStages(collection: string, stages: readonly Document[]): Document[] {
  const [{ $match } = {}] = stages;
  const united = stages.flatMap(({ $unionWith }) =>
    $unionWith === undefined ? [] : filtersOfStages($unionWith.coll, $unionWith.pipeline),
  );
  return collection === "callLogs" ? [$match as Document, ...united] : united;
}

/** Stores on a database, and the reach of every command on call logs that was sent since it was last asked for. */
async function watchedStores() {
  const database = await freshEmbeddedDatabase();
  const client = await MongoClient.connect(database.uri, { monitorCommands: true });
  const reaches = new Set<Reach>();
  client.on("commandStarted", ({ commandName, command }) => {
    const isAboutCalls = commandName === "aggregate" || command[commandName] === "callLogs";
    if (isAboutCalls && filtersOf(command).length > 0) reaches.add(reachOf(command));
  });
  const collections = openCollections(client.db(database.databaseName));
  const days = { auditRetentionDays: 1, deadLetterRetentionDays: 1 };
  const clocks = { now: () => later(5000), elapsedMs: () => 0 };
  return {
    stores: openStores(collections, { ...clocks, ...days }),
    reader: patientReader(collections, { now: clocks.now }),
    async reachOf(act: () => Promise<unknown>): Promise<Reach[]> {
      reaches.clear();
      await act();
      return [...reaches];
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await database.close();
    },
  };
}

type Acts = Readonly<Record<Reach, Readonly<Record<string, () => Promise<unknown>>>>>;

function actsOf({ stores, reader }: Awaited<ReturnType<typeof watchedStores>>): Acts {
  const { calls, outbox, rollups } = stores;
  const record = callRecord();
  const [{ _id, toNumber }, at] = [record, later(0)];
  const input = listInput.parse({ query: { status: "Queued" } });
  const search = { projectId, terms: searchTerms("shop 4711", ["US"]), isMasked: false };
  return {
    "the project's shards": {
      "a call is inserted": () => calls.insert(record),
      "it is claimed": () => calls.claim(claimOf(record)),
      "a changed call is written": () => calls.replace(record),
      "a page and its count": () => reader.list({ projectId, input }),
      stats: () => reader.stats({ projectId, ...statsInput.parse({ by: ["day"] }) }),
      figures: () => reader.figures({ projectId, ...figuresInput.parse({ by: ["country"] }) }),
      "the histogram": () => reader.histogram({ projectId, ...histogramInput.parse({}) }),
      "the search of the dashboard": () => reader.search(search),
      "the health of a project": () => reader.health({ projectId, now: at }),
      "an item": () => calls.find(_id, projectId),
      "what is due of a project": () => calls.findDue(at, 1, projectId),
      "the running calls of a project": () => calls.findRunning({ projectId, limit: 1 }),
      "sums of closed periods": () => rollups.build({ budgetMs: 1000 }),
    },
    "all shards, by id": {
      "a status update finds its call": () => calls.find(_id),
      "a call is looked at later": () => calls.putOff([record], at),
    },
    "all shards": {
      "what is due": () => calls.findDue(at, 1),
      "the next project with something due": () => calls.nextProject(""),
      "all running calls": () => calls.findRunning({ limit: 1 }),
      "events that are not sent": () => outbox.findLeft(at, 1),
      "the calls of an alert": () => calls.findByAlert("alert", 1),
      "whose a provider's call is": () =>
        calls.ownedProviderCallIds({ projectId, toNumber, providerCallIds: ["CA1"] }),
      "rivals for a provider's call": () =>
        calls.unmatchedClaimTimes({ toNumber, exceptCallLogId: _id }),
    },
  };
}

test("which shards each act concerns, as docs/reference/scale.md plans them", async () => {
  await using watched = await watchedStores();
  await watched.stores.projects.create({ id: projectId, name: "Shop" });
  for (const [expected, acts] of Object.entries(actsOf(watched)))
    for (const [act, run] of Object.entries(acts))
      expect({ [act]: await watched.reachOf(run) }).toEqual({ [act]: [expected] });
});
