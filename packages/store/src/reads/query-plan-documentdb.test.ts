/**
 * The queries of every day on DocumentDB, whose indexes are on disk: which plan PostgreSQL makes for each. Runs only with DOCUMENTDB_URI, such
 * as that of FerretDB over DocumentDB, which explains as PostgreSQL does.
 */
import { randomUUID } from "node:crypto";

import { waitFor } from "@call-log/testing";
import type { Document } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Explainer, openExplainer, PLANS } from "../testing/query-plan-fixture.ts";

const uri = process.env["DOCUMENTDB_URI"];
const CALLS = 2000;
/** Lists whose rows come from the index in their order. DocumentDB does not merge those of several statuses. */
const IN_ORDER = Object.entries(PLANS).filter(
  ([name, [, , looked]]) => looked !== "calls by date" && name !== "status, one of several",
);

interface Plan {
  /** Kinds of the steps, from the outermost. */
  steps: string[];
  indexes: string[];
}

function planIn(node: Document): Plan {
  const below = ((node["Plans"] ?? []) as Document[]).map(planIn);
  const index = node["Index Name"] as string | undefined;
  return {
    steps: [node["Node Type"] as string, ...below.flatMap(({ steps }) => steps)],
    indexes: [...(index === undefined ? [] : [index]), ...below.flatMap(({ indexes }) => indexes)],
  };
}

describe.skipIf(uri === undefined)("on DocumentDB (DOCUMENTDB_URI), a list by", () => {
  let explainer: Explainer;

  async function planOf(
    input: Parameters<Explainer["explain"]>[0],
  ): Promise<Plan & { next: string }> {
    const { explained, next } = await explainer.explain(input);
    return { ...planIn((explained["queryPlanner"] as Document)["Plan"] as Document), next };
  }

  beforeAll(async () => {
    explainer = await openExplainer({ uri: uri!, databaseName: `test-${randomUUID()}` }, CALLS);
    // Before it has analyzed what is new, by itself and soon, PostgreSQL takes any table for a small one that is sorted with ease.
    await waitFor(async () => !(await planOf({})).steps.includes("Sort"));
  });

  afterAll(async () => {
    await explainer.db.dropDatabase();
    await explainer.close();
  });

  test.each(Object.entries(PLANS))("%s uses an index", async (_name, [input]) => {
    const { steps, indexes } = await planOf(input);
    expect(steps).not.toContain("Seq Scan");
    expect(indexes).not.toEqual([]);
  });

  test.each(IN_ORDER)("%s reads the page in order", async (_name, [input, index]) => {
    const { steps, indexes } = await planOf(input);
    expect(indexes).toEqual([index]);
    expect(steps[0]).toBe("Limit");
    expect(steps).not.toContain("Sort");
  });

  test.each(["everything, newest first", "status", "status and a range of createdAt"])(
    "%s goes on from a deep cursor in order",
    async (name) => {
      const [input, index] = PLANS[name]!;
      let { next: cursor } = await planOf(input);
      for (let page = 0; page < 4; page += 1) {
        const { steps, indexes, next } = await planOf({ ...input, cursor });
        expect(indexes).toEqual([index]);
        expect(steps).not.toContain("Sort");
        cursor = next;
      }
    },
  );
});
