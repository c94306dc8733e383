import { randomUUID } from "node:crypto";

import type { Acting } from "@call-log/model";
import { deadLetterListInput } from "@call-log/model";
import { type FreshDatabase, onEachDatabase } from "@call-log/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";
import type { NewDeadLetter } from "./dead-letter-store.ts";

// Later than any real clock, so that no database deletes under the test.
const START = Date.UTC(2126, 10, 29);
const DAY_MS = 86_400_000;
const ACTING: Acting = { actor: { kind: "key", id: "key-1" } };
const [A, B] = [randomUUID(), randomUUID()];

function aLetter(_id: string, given: Partial<NewDeadLetter> = {}): NewDeadLetter {
  return {
    _id,
    jobId: `job-${_id}`,
    madeAt: new Date(START - 1000),
    version: 1,
    attempts: 1,
    code: "BAD_REQUEST",
    reason: "toNumber: must be a phone number",
    fields: ["toNumber"],
    isSensitive: false,
    payload: '{"$set":{"a.b":"\\u0000"}}',
    ...given,
  };
}

/** What dead letters must do on every database. */
function deadLetterSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`dead letters on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let clock = new Date(START);
    const after = (ms: number) => void (clock = new Date(START + ms));
    const list = (scope: string | null, input: object = {}) =>
      store.deadLetters.list(scope, deadLetterListInput.parse(input));
    const lines = () => collectionsOf(store).auditLog.find().sort({ _id: 1 }).toArray();

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => clock, deadLetterRetentionDays: 7 });
    });
    beforeEach(async () => {
      clock = new Date(START);
      await collectionsOf(store).deadLetters.deleteMany({});
      await collectionsOf(store).auditLog.deleteMany({});
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    test("a letter is kept once, with what the job held as it was, until its retention ends", async () => {
      await store.deadLetters.keep(aLetter("1", { projectId: A }));
      after(5000);
      await store.deadLetters.keep(aLetter("1", { projectId: A, reason: "say: other words" }));
      const kept = await store.deadLetters.find(A, "1");
      expect(kept).toEqual({
        ...aLetter("1", { projectId: A }),
        state: "open",
        hasPayload: true,
        createdAt: new Date(START),
        expireAt: new Date(START + 7 * DAY_MS),
      });
    });

    test("many who keep the same job at a time leave one letter", async () => {
      const keeping = Array.from({ length: 20 }, () => store.deadLetters.keep(aLetter("1")));
      await Promise.all(keeping);
      expect(await collectionsOf(store).deadLetters.countDocuments()).toBe(1);
    });

    test("a project has its own alone, and the installation those without a project", async () => {
      await store.deadLetters.keep(aLetter("1", { projectId: A }));
      await store.deadLetters.keep(aLetter("2", { projectId: B }));
      await store.deadLetters.keep(aLetter("3"));
      const idsOf = async (scope: string | null) => (await list(scope)).data.map(({ _id }) => _id);
      expect([await idsOf(A), await idsOf(B), await idsOf(null)]).toEqual([["1"], ["2"], ["3"]]);
      expect(await store.deadLetters.find(A, "2")).toBeUndefined();
      expect(await store.deadLetters.find(A, "3")).toBeUndefined();
      expect(await store.deadLetters.find(null, "1")).toBeUndefined();
      expect((await list(A)).data[0]).not.toHaveProperty("payload");
    });

    test("pages newest first, by cursor and by skip, with the count of all", async () => {
      for (let index = 0; index < 7; index += 1) {
        after(Math.floor(index / 2) * 1000);
        await store.deadLetters.keep(aLetter(String(index), { projectId: A }));
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list(A, { limit: 3, ...(cursor && { cursor }) });
        expect(page.count).toBe(7);
        seen.push(...page.data.map(({ _id }) => _id));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(seen).toEqual(["6", "5", "4", "3", "2", "1", "0"]);
      expect((await list(A, { skip: 5 })).data.map(({ _id }) => _id)).toEqual(["1", "0"]);
      const { nextCursor } = await list(A, { limit: 3 });
      const foreign = list(B, { cursor: nextCursor });
      await expect(foreign).rejects.toMatchObject({ code: "BAD_REQUEST" });
    });

    test("an end is one for good, deletes what the job held, and has its line", async () => {
      await store.deadLetters.keep(aLetter("1", { projectId: A }));
      await store.deadLetters.keep(aLetter("2", { projectId: A }));
      const callLogId = randomUUID();
      const replayed = { state: "replayed", callLogId } as const;
      after(1000);
      const settled = await store.deadLetters.settle("1", replayed, { acting: ACTING });
      expect(settled).toMatchObject({ ...replayed, settledAt: clock, hasPayload: false });
      const again = await store.deadLetters.settle("1", { state: "dropped" }, { acting: ACTING });
      expect(again).toMatchObject(replayed);
      await store.deadLetters.settle("2", { state: "dropped" }, { acting: ACTING });
      expect(await store.deadLetters.settle("none", replayed, { acting: ACTING })).toBeUndefined();
      const documents = await collectionsOf(store).deadLetters.find().toArray();
      expect(documents.filter((one) => "payload" in one || "unfiledActs" in one)).toEqual([]);
      const about = { projectId: A, actor: ACTING.actor, result: "done" };
      expect(await lines()).toMatchObject([
        { ...about, act: "dead-letter.replay", target: { id: "1" }, facts: { callLogId } },
        { ...about, act: "dead-letter.drop", target: { kind: "dead-letter", id: "2" } },
      ]);
      expect(await list(A)).toMatchObject({ count: 0, data: [] });
      expect((await list(A, { state: "dropped" })).data).toMatchObject([{ _id: "2" }]);
      expect((await list(A, { state: "all" })).count).toBe(2);
    });

    test("counts the open ones and names the oldest, of a project and of all", async () => {
      expect(await store.deadLetters.health(A)).toEqual({ open: 0, oldest: null });
      await store.deadLetters.keep(aLetter("1", { projectId: B }));
      after(1000);
      await store.deadLetters.keep(aLetter("2", { projectId: A }));
      after(2000);
      await store.deadLetters.keep(aLetter("3", { projectId: A }));
      const oldest = { _id: "2", createdAt: new Date(START + 1000) };
      expect(await store.deadLetters.health(A)).toEqual({ open: 2, oldest });
      expect(await store.deadLetters.health()).toMatchObject({ open: 3, oldest: { _id: "1" } });
      expect(await store.deadLetters.health(null)).toEqual({ open: 0, oldest: null });
      await store.deadLetters.settle("2", { state: "dropped" }, { acting: ACTING });
      expect(await store.deadLetters.health(A)).toMatchObject({ open: 1, oldest: { _id: "3" } });
    });
  });
}

onEachDatabase(deadLetterSuite);
