import { readFile } from "node:fs/promises";

import { freshDatabase } from "@call-log/testing";
import { BSON, type Document, type IndexDescription, MongoClient } from "mongodb";
import { expect, test } from "vitest";

import { connectStore } from "../connect-store.ts";
import { INDEXES } from "../indexes.ts";
import { readEverything } from "../testing/read-everything.ts";

/** A database as the code of commit 4ac63c5 wrote it, and what that code read from it. */
interface PreviousRelease {
  now: Date;
  documents: Record<string, Document[]>;
  indexes: Record<string, IndexDescription[]>;
  answers: Record<string, unknown>;
}

const { EJSON } = BSON;
const FILE = new URL("../testing/previous-release.ejson", import.meta.url);

async function load({ documents, indexes }: PreviousRelease) {
  const database = await freshDatabase();
  await using client = new MongoClient(database.uri);
  const db = client.db(database.databaseName);
  for (const [name, of] of Object.entries(documents)) {
    const made = (indexes[name] ?? []).filter((index) => index.name !== "_id_");
    if (made.length > 0) await db.collection(name).createIndexes(made);
    if (of.length > 0) await db.collection(name).insertMany(of);
  }
  return database;
}

/** What answers have told only since then. */
const ADDED: Readonly<Record<string, readonly string[]>> = {
  health: ["waiting", "ringing", "answered"],
  histogram: ["from"],
};

/** What each of the sums within an answer has only since then. */
const ADDED_WITHIN: Readonly<Record<string, readonly string[]>> = { stats: ["talkSeconds"] };

// As callers get it: a date is its text, and undefined is left out.
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function asThen(name: string, answer: unknown): unknown {
  const [added = [], within = []] = [ADDED[name], ADDED_WITHIN[name]];
  if (added.length + within.length === 0) return asJson(answer);
  const entries = Object.entries(answer as object).filter(([key]) => !added.includes(key));
  const isThen = (key: string, value: unknown) => (within.includes(key) ? undefined : value);
  return JSON.parse(JSON.stringify(Object.fromEntries(entries), isThen));
}

test("a database of the release before reads as it did there", async () => {
  const text = await readFile(FILE, "utf8");
  const previous = EJSON.parse(text, { relaxed: true }) as PreviousRelease;
  await using database = await load(previous);
  const { now, answers, documents } = previous;
  for (const name of Object.keys(INDEXES)) expect(documents[name]).not.toEqual([]);
  const store = await connectStore({ ...database, now: () => now });
  try {
    const read = await readEverything(store, now);
    for (const [name, answer] of Object.entries(answers))
      expect({ [name]: asThen(name, read[name]) }).toEqual({ [name]: asJson(answer) });
    expect(Object.keys(read).toSorted()).toEqual(Object.keys(answers).toSorted());
  } finally {
    await store.close();
  }
});

test("its calls, budgets and queue go on where they were", async () => {
  const text = await readFile(FILE, "utf8");
  const previous = EJSON.parse(text, { relaxed: true }) as PreviousRelease;
  await using database = await load(previous);
  const { now } = previous;
  const store = await connectStore({ ...database, now: () => now });
  try {
    const [call] = await store.calls.findDue(now, 1);
    const replaced = await store.calls.replace({ ...call!, tags: ["after the upgrade"] });
    expect(replaced).toMatchObject({ revision: call!.revision + 1, tags: ["after the upgrade"] });
    const [reservation] = await store.budgets.findDue(new Date(now.getTime() + 86_400_000), 1);
    const { projectId } = reservation!;
    const before = await store.budgets.spending(projectId);
    const target = { micro: 5000, held: false };
    await store.budgets.settle(projectId, [{ reservation: reservation!, target }]);
    const after = await store.budgets.spending(projectId);
    const difference = 5000 - reservation!.target.micro;
    expect(after.committed.total).toBe(before.committed.total + difference);
    await store.rollups.build({ budgetMs: 60_000, minNewCalls: 1 });
    expect((await store.rollups.verify())?.wrong).toEqual([]);
    const attempts = await store.backlog.next(now, { limit: 10 });
    await store.backlog.remove(attempts.map(({ attemptId }) => attemptId));
    expect(await store.backlog.next(now, { limit: 10 })).toEqual([]);
  } finally {
    await store.close();
  }
});
