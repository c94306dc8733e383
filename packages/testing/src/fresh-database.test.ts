import { MongoClient } from "mongodb";
import { expect, test } from "vitest";

import { freshDatabase, freshEmbeddedDatabase } from "./fresh-database.ts";

test.each([{ fresh: freshDatabase }, { fresh: freshEmbeddedDatabase }])(
  "$fresh.name gives an empty database of one's own and drops it",
  async ({ fresh }) => {
    await using keeper = await fresh();
    const client = new MongoClient(keeper.uri);
    const other = await fresh();
    expect(other.databaseName).not.toBe(keeper.databaseName);
    const things = client.db(other.databaseName).collection("things");
    expect(await things.countDocuments()).toBe(0);
    await things.insertOne({ a: 1 });
    expect(await things.countDocuments()).toBe(1);
    await other.close();
    expect(await things.countDocuments()).toBe(0);
    await client.close();
  },
);
