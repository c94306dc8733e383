import { callRecord, FIXTURE_PROJECT_ID, FIXTURE_TIME } from "@call-log/testing";
import type { Filter, Sort } from "mongodb";
import { describe, expect, test } from "vitest";

import type { CallDocument } from "./calls/call-document.ts";
import { collectionsOf } from "./collections-for-tests.ts";
import { connectStore } from "./connect-store.ts";
import { INDEXES } from "./indexes.ts";
import { onEachStore } from "./testing/on-each-store.ts";
import { range } from "./testing/range.ts";

onEachStore((running) => {
  describe("indexes", () => {
    test("are as the table says, however often and by however many they are ensured", async () => {
      const again = await Promise.all([
        connectStore(running.database),
        connectStore(running.database),
      ]);
      for (const [collection, specs] of Object.entries(INDEXES)) {
        if (specs.length === 0) continue;
        const name = collection as keyof typeof INDEXES;
        const present = await collectionsOf(running.store)[name].indexes();
        const names = new Set(present.map((index) => index.name));
        expect(names).toEqual(new Set(["_id_", ...specs.map((spec) => spec.name)]));
        for (const spec of specs)
          expect(present.find((index) => index.name === spec.name)).toMatchObject(spec);
      }
      await Promise.all(again.map((node) => node.close()));
    });

    const scope = { projectId: FIXTURE_PROJECT_ID };
    const newestFirst = { createdAt: -1, _id: -1 } as const;
    const cases: { list: string; index: string; filter: Filter<CallDocument>; sort: Sort }[] = [
      { list: "a project", index: "byProject", filter: scope, sort: newestFirst },
      {
        list: "a status",
        index: "byStatus",
        filter: { ...scope, status: "Busy" },
        sort: newestFirst,
      },
      {
        list: "a number",
        index: "byToNumber",
        filter: { ...scope, toNumber: "+15559998888" },
        sort: newestFirst,
      },
      { list: "a tag", index: "byTag", filter: { ...scope, tags: "t" }, sort: newestFirst },
      {
        list: "what is due",
        index: "due",
        filter: { wakeAt: { $lte: FIXTURE_TIME } },
        sort: { wakeAt: 1 },
      },
      {
        list: "owners of a provider's call",
        index: "byProviderCall",
        filter: { "attempts.providerCallId": { $in: ["CA1"] } },
        sort: {},
      },
      {
        list: "calls of an alert",
        index: "byAlert",
        filter: { "alertOrigin.key": "s:1" },
        sort: newestFirst,
      },
      {
        list: "acts that are not filed",
        index: "unfiled",
        filter: { "unfiledActs.createdAt": { $lte: FIXTURE_TIME } },
        sort: {},
      },
    ];

    test.each(cases)("$list is found by index $index", async ({ index, filter, sort }) => {
      await running.store.calls.insertMany(range(50).map((n) => callRecord({ tags: [`t${n}`] })));
      const cursor = collectionsOf(running.store).callLogs.find(filter).sort(sort).limit(10);
      const plan = JSON.stringify(await cursor.explain("queryPlanner"));
      expect(plan).toContain(`"indexName":"${index}"`);
      expect(plan).not.toContain("COLLSCAN");
    });
  });
});
