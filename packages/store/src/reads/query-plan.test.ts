import { readFile } from "node:fs/promises";

import { freshEmbeddedDatabase } from "@call-log/testing";
import type { Document } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import {
  type Explainer,
  LIMIT,
  type ListInput,
  type Looked,
  minute,
  openExplainer,
  PLANS,
  PROJECT,
} from "../testing/query-plan-fixture.ts";
import { createCallFeed } from "./call-feed.ts";

/** Calls of the project; so many of another project stand beside them. */
const CALLS = 400;

let database: Awaited<ReturnType<typeof freshEmbeddedDatabase>>;
let explainer: Explainer;

beforeAll(async () => {
  database = await freshEmbeddedDatabase();
  explainer = await openExplainer(database, CALLS);
});

afterAll(async () => {
  await explainer.close();
  await database.close();
});

async function planOf(input: ListInput): Promise<{ plan: string; examined: number; next: string }> {
  const { explained, next } = await explainer.explain(input);
  const stats = explained["executionStats"] as { totalDocsExamined: number };
  const plan = JSON.stringify((explained["queryPlanner"] as Document)["winningPlan"]);
  return { plan, examined: stats.totalDocsExamined, next };
}

const MOST: Readonly<Record<Looked, number>> = {
  "the page": LIMIT + 1,
  "calls by date": CALLS,
};

describe("a list by", () => {
  test.each(Object.entries(PLANS))("%s", async (_name, [input, index, looked]) => {
    const { plan, examined } = await planOf(input);
    expect(plan).toContain(`"indexName":"${index}"`);
    expect(plan).not.toContain("COLLSCAN");
    expect(plan).not.toContain('"SORT"');
    expect(examined).toBeLessThanOrEqual(MOST[looked]);
  });

  test.each(["everything, newest first", "status", "status and a range of createdAt"])(
    "%s goes on from a deep cursor at the cost of a page",
    async (name) => {
      const [input] = PLANS[name]!;
      let { next: cursor } = await planOf(input);
      for (let page = 0; page < 4; page += 1) {
        const { examined, next } = await planOf({ ...input, cursor });
        expect(examined).toBeLessThanOrEqual(LIMIT + 2);
        cursor = next;
      }
    },
  );
});

test("the feed of changes looks at what has changed alone", async () => {
  const { db, collection } = explainer;
  const now = new Date(minute(CALLS));
  await collection.updateMany({ projectId: PROJECT }, { $set: { updatedAt: new Date(0) } });
  const ids = [`${PROJECT}-3`, `${PROJECT}-7`] as never[];
  await collection.updateMany({ _id: { $in: ids } }, { $set: { updatedAt: now } });
  const feed = createCallFeed(collection, { now: () => now });
  for await (const batch of feed.listen({ projectId: PROJECT })) {
    expect(batch.ids.toSorted()).toEqual(ids);
    break;
  }
  feed.close();
  const command = { explain: explainer.lastFind(), verbosity: "executionStats" };
  const explained = await db.command(command);
  const stats = explained["executionStats"] as { totalDocsExamined: number };
  expect(stats.totalDocsExamined).toBe(ids.length);
});

test("docs/reference/scale.md has these plans", async () => {
  const page = await readFile(
    new URL("../../../../docs/reference/scale.md", import.meta.url),
    "utf8",
  );
  for (const [name, [, index, looked]] of Object.entries(PLANS)) {
    const row = page.split("\n").find((line) => line.startsWith(`| ${name} `));
    const cells = row?.split("|").map((cell) => cell.trim());
    expect(cells?.slice(2, 4)).toEqual([`\`${index}\``, looked]);
  }
});
