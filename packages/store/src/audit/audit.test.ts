import { type Acting, auditListInput, type CallRecord, newCallLogId } from "@call-log/model";
import { callRecord, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import type { Collection } from "mongodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";
import { ofSlowDatabase } from "../testing/slow-database.ts";
import { createAuditReader } from "./audit-reader.ts";

const DAY_MS = 86_400_000;

const BY_A_KEY: Acting = {
  actor: { kind: "key", id: "key-1", name: "Paging service" },
  address: "192.0.2.7",
  requestId: "request-1",
};

/** What the audit trail must do on every database; `fresh` gives an empty one. */
function auditSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`audit trail on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let clock = new Date("2026-11-25T03:12:00Z");

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => clock });
    });
    beforeEach(async () => {
      clock = new Date("2026-11-25T03:12:00Z");
      for (const collection of Object.values(collectionsOf(store))) await collection.deleteMany({});
    });
    afterEach(() => void vi.restoreAllMocks());
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    const lines = () => collectionsOf(store).auditLog.find().sort({ _id: 1 }).toArray();
    const crashBeforeFiling = () =>
      vi
        .spyOn(collectionsOf(store).auditLog, "insertMany")
        .mockRejectedValueOnce(new Error("the process died here"));
    const afterTheCrash = () => {
      clock = new Date(clock.getTime() + 60_000);
      return store.audit.fileLeft();
    };

    describe("an act on a project", () => {
      test("has a line with who, when, from where, and the old and new value", async () => {
        const { _id } = await store.projects.create({ name: "Shop" });
        await store.projects.update(_id, { name: "Store", retentionDays: 9 }, BY_A_KEY);
        const [, line] = await lines();
        expect(line).toMatchObject({
          ...BY_A_KEY,
          createdAt: clock,
          act: "project.update",
          result: "done",
          projectId: _id,
          target: { kind: "project", id: _id },
          changes: [
            { field: "name", from: "Shop", to: "Store" },
            { field: "retentionDays", to: 9 },
          ],
        });
        expect(await store.projects.find(_id)).toStrictEqual({
          _id,
          name: "Store",
          fromNumbers: [],
          providerChain: [],
          retentionDays: 9,
          createdAt: clock,
        });
      });

      test("that changes nothing has none", async () => {
        const { _id } = await store.projects.create({ name: "Shop" });
        await store.projects.update(_id, { name: "Shop" }, BY_A_KEY);
        await store.projects.resume(_id, BY_A_KEY);
        expect((await lines()).map(({ act }) => act)).toEqual(["project.create"]);
      });

      test("whose line is filed, but still carried, is not filed twice", async () => {
        const projects = collectionsOf(store).projects;
        const write = vi.spyOn(projects, "bulkWrite");
        write.mockRejectedValueOnce(new Error("the process died here"));
        await store.projects.create({ name: "Shop" }, BY_A_KEY);
        expect(await lines()).toHaveLength(1);
        expect(await afterTheCrash()).toBe(1);
        expect(await lines()).toHaveLength(1);
        expect(await projects.findOne()).not.toHaveProperty("unfiledActs");
      });

      test("that fails has no line", async () => {
        await expect(store.projects.pause("none", "x", BY_A_KEY)).rejects.toMatchObject({
          code: "NOT_FOUND",
        });
        const { _id } = await store.projects.create({ name: "Shop" });
        const taken = store.projects.create({ id: _id, name: "Shop" });
        await expect(taken).rejects.toMatchObject({ code: "CONFLICT" });
        expect(await lines()).toHaveLength(1);
      });

      test("beside others has the value that the one before left", async () => {
        const { _id } = await store.projects.create({ name: "0" });
        const names = Array.from({ length: 12 }, (_, index) => `${index + 1}`);
        await Promise.all(names.map((name) => store.projects.update(_id, { name }, BY_A_KEY)));
        const changes = (await lines()).flatMap((line) =>
          line.act === "project.update" ? line.changes : [],
        );
        const next = new Map(changes.map(({ from, to }) => [from, to]));
        const chain = [];
        for (let at: unknown = "0"; next.has(at); at = next.get(at)) chain.push(next.get(at));
        expect(new Set(chain)).toEqual(new Set(names));
        expect(chain).toHaveLength(names.length);
        expect((await store.projects.find(_id))?.name).toBe(chain.at(-1));
      });
    });

    const NUMBER = "+15550100100";
    const aCall = () => callRecord({ projectId: "p", _id: newCallLogId({ projectId: "p" }) });
    const withLine = (record: CallRecord): CallRecord => ({
      ...record,
      unfiledActs: [
        store.audit.line({
          act: "calls.cancel",
          acting: BY_A_KEY,
          projectId: "p",
          target: record._id,
        }),
      ],
    });

    /** Each act that changes a document: what was before it, the act, and whether it was done. */
    const ACTS_ON_DOCUMENTS: Record<string, (spoil: () => unknown) => Promise<unknown>> = {
      "project.create": async (spoil) => {
        spoil();
        const { _id } = await store.projects.create({ name: "Shop" }, BY_A_KEY);
        return store.projects.find(_id);
      },
      "project.pause": async (spoil) => {
        const { _id } = await store.projects.create({ name: "Shop" });
        spoil();
        await store.projects.pause(_id, "Drill", BY_A_KEY);
        return (await store.projects.find(_id))?.paused;
      },
      "key.create": async (spoil) => {
        spoil();
        const newKey = { projectId: "p", permissions: ["Viewer" as const], name: "Pager" };
        const { key } = await store.keys.create(newKey, BY_A_KEY);
        return store.keys.authenticate(key);
      },
      "key.revoke": async (spoil) => {
        const made = await store.keys.create({ projectId: "p", permissions: ["Viewer"] });
        spoil();
        await store.keys.revoke(made.id, "p", BY_A_KEY);
        return (await store.keys.authenticate(made.key)) === undefined;
      },
      "provider.pause": async (spoil) => {
        spoil();
        await store.providerStates.pause("twilio", { by: "person", reason: "Drill" }, BY_A_KEY);
        return store.providerStates.pauseOf("twilio");
      },
      "provider.resume": async (spoil) => {
        await store.providerStates.pause("twilio", { by: "person", reason: "Drill" });
        spoil();
        return store.providerStates.resume("twilio", undefined, BY_A_KEY);
      },
      "do-not-call.add": async (spoil) => {
        spoil();
        await store.doNotCall.add("p", [NUMBER], BY_A_KEY);
        return (await store.doNotCall.list("p")).length === 1;
      },
      "do-not-call.remove": async (spoil) => {
        await store.doNotCall.add("p", [NUMBER]);
        spoil();
        await store.doNotCall.remove("p", NUMBER, BY_A_KEY);
        return (await store.doNotCall.list("p")).length === 0;
      },
      "calls.cancel": async (spoil) => {
        const { record } = await store.calls.insert(aCall());
        spoil();
        await store.calls.replace({ ...withLine(record), status: "Canceled" });
        return (await store.calls.find(record._id))?.status === "Canceled";
      },
      "calls.cancel, of a new call": async (spoil) => {
        spoil();
        const { record } = await store.calls.insert(withLine(aCall()));
        return store.calls.find(record._id);
      },
    };

    describe.each(Object.entries(ACTS_ON_DOCUMENTS))("%s", (name, act) => {
      const ofTheKey = async () =>
        (await lines()).filter(({ actor }) => actor.id === BY_A_KEY.actor.id);

      test("has one line", async () => {
        expect(await act(() => undefined)).toBeTruthy();
        const [line, ...others] = await ofTheKey();
        expect(line).toMatchObject({ ...BY_A_KEY, act: name.split(",")[0], createdAt: clock });
        expect(others).toEqual([]);
        expect(await afterTheCrash()).toBe(0);
      });

      test("whose process dies before the line is filed has it after the next round, once", async () => {
        expect(await act(crashBeforeFiling)).toBeTruthy();
        expect(await ofTheKey()).toEqual([]);
        expect(await afterTheCrash()).toBe(1);
        expect(await ofTheKey()).toHaveLength(1);
        expect(await afterTheCrash()).toBe(0);
        expect(await ofTheKey()).toHaveLength(1);
        for (const collection of Object.values(collectionsOf(store)) as unknown as Collection[])
          expect(await collection.countDocuments({ unfiledActs: { $exists: true } })).toBe(0);
      });
    });

    test("a call whose line is not filed carries it into its next write", async () => {
      crashBeforeFiling();
      const { record } = await store.calls.insert(withLine(aCall()));
      await store.calls.replace({ ...record, status: "Ringing" });
      await afterTheCrash();
      expect(await lines()).toMatchObject([{ act: "calls.cancel", target: { id: record._id } }]);
    });

    describe("the do-not-call list", () => {
      test("a number that is added twice is added once; one that is removed is gone", async () => {
        await store.doNotCall.add("p", [NUMBER, NUMBER, "+15550100101"], BY_A_KEY);
        await store.doNotCall.add("p", [NUMBER], BY_A_KEY);
        expect(await lines()).toHaveLength(2);
        await store.doNotCall.remove("p", NUMBER, BY_A_KEY);
        expect(await store.doNotCall.remove("p", NUMBER, BY_A_KEY)).toBe(false);
        expect(await lines()).toHaveLength(3);
        expect(await collectionsOf(store).doNotCall.countDocuments()).toBe(1);
      });

      test("a removal that died half-way counts, and the number can be added again", async () => {
        await store.doNotCall.add("p", [NUMBER], BY_A_KEY);
        crashBeforeFiling();
        await store.doNotCall.remove("p", NUMBER, BY_A_KEY);
        expect(await store.doNotCall.among("p", [NUMBER])).toEqual(new Set());
        expect(await store.doNotCall.hasList("p")).toBe(false);
        await store.doNotCall.add("p", [NUMBER], BY_A_KEY);
        expect(await store.doNotCall.list("p")).toEqual([NUMBER]);
        expect((await lines()).map(({ act }) => act)).toEqual([
          "do-not-call.add",
          "do-not-call.remove",
          "do-not-call.add",
        ]);
        await afterTheCrash();
        expect(await store.doNotCall.list("p")).toEqual([NUMBER]);
      });
    });

    describe("an act on many documents", () => {
      const begin = () =>
        store.audit.begin(
          { act: "calls.dispatch-many", acting: BY_A_KEY, projectId: "p", facts: { requested: 2 } },
          { giveUpAfterMs: 30_000 },
        );

      test("has one line when it is complete", async () => {
        const begun = await begin();
        expect(await lines()).toEqual([]);
        await begun.complete({ accepted: 1, refused: 1, callLogIds: ["a"] });
        const facts = { requested: 2, accepted: 1, refused: 1, callLogIds: ["a"] };
        expect(await lines()).toMatchObject([{ ...BY_A_KEY, result: "done", facts }]);
        await afterTheCrash();
        expect(await lines()).toHaveLength(1);
        expect(await collectionsOf(store).begunActs.countDocuments()).toBe(0);
      });

      test("whose process dies has a line that says so", async () => {
        await begin();
        expect(await afterTheCrash()).toBe(1);
        const facts = { requested: 2 };
        expect(await lines()).toMatchObject([{ ...BY_A_KEY, result: "interrupted", facts }]);
        expect(await collectionsOf(store).begunActs.countDocuments()).toBe(0);
      });

      test("whose process dies after the line is filed keeps that line", async () => {
        const begun = await begin();
        vi.spyOn(collectionsOf(store).begunActs, "deleteOne").mockRejectedValueOnce(
          new Error("died"),
        );
        await expect(begun.complete({ accepted: 2 })).rejects.toThrow("died");
        await afterTheCrash();
        expect(await lines()).toMatchObject([{ result: "done", facts: { accepted: 2 } }]);
      });
    });

    test("an act that changes nothing is written at once; of those with the same mark the first stays", async () => {
      const report = { act: "session.refuse", acting: BY_A_KEY } as const;
      await store.audit.write({ ...report, facts: { by: "first" } }, { once: "a" });
      await store.audit.write({ ...report, facts: { by: "second" } }, { once: "a" });
      await store.audit.write(report, { once: "b" });
      expect(await lines()).toHaveLength(2);
      expect((await lines()).map(({ facts }) => facts?.["by"])).toContain("first");
    });

    test("who may read a line follows from its project and from who acted", async () => {
      const report = { act: "project.pause", projectId: "p" } as const;
      await store.audit.write({ ...report, acting: BY_A_KEY });
      await store.audit.write({ ...report, acting: { ...BY_A_KEY, isOperator: true } });
      await store.audit.write({ act: "provider.pause", acting: BY_A_KEY });
      expect((await lines()).map(({ scopes }) => scopes)).toEqual([
        ["p"],
        ["p", "installation"],
        ["installation"],
      ]);
    });

    describe("reading", () => {
      const list = (scope: string | null, input: object = {}) =>
        store.audit.list(scope, auditListInput.parse(input));
      const pause = (projectId: string, acting: Acting = BY_A_KEY) =>
        store.audit.write({ act: "project.pause", acting, projectId, target: projectId });

      test("shows a project its own lines, and the installation those of operators", async () => {
        await pause("p");
        await pause("other");
        await pause("p", { ...BY_A_KEY, isOperator: true });
        await store.audit.write({ act: "provider.pause", acting: BY_A_KEY, target: "twilio" });
        expect((await list("p")).count).toBe(2);
        expect((await list("other")).data).toMatchObject([{ projectId: "other" }]);
        const { data } = await list(null);
        expect(data.map(({ act }) => act).toSorted()).toEqual(["project.pause", "provider.pause"]);
        expect(data).toMatchObject([{ address: "192.0.2.7" }, { address: "192.0.2.7" }]);
      });

      test("a project does not learn where operators work from", async () => {
        await pause("p", { ...BY_A_KEY, isOperator: true });
        const [line] = (await list("p")).data;
        expect(line).toMatchObject({ actor: BY_A_KEY.actor });
        expect(JSON.stringify(line)).not.toContain("192.0.2.7");
        expect((await list("p", { query: { address: "192.0.2.7" } })).count).toBe(0);
      });

      test("takes the queries of call logs, and never leaves its scope", async () => {
        await store.projects.create({ name: "Shop" }, BY_A_KEY);
        await pause("p");
        await pause("other", { actor: { kind: "command-line", id: "root" } });
        const found = async (query: object) => (await list("p", { query })).count;
        expect(await found({ act: "project.pause" })).toBe(1);
        expect(await found({ act: ["project.pause", "key.create"] })).toBe(1);
        expect(await found({ "actor.id": "key-1", "target.id": "p" })).toBe(1);
        expect(await found({ "actor.name": { _type: "Search", value: "paging" } })).toBe(1);
        expect(await found({ createdAt: { $lt: clock.toISOString() } })).toBe(0);
        expect(await found({ $or: [{ projectId: "other" }, { act: "project.create" }] })).toBe(0);
        expect(await found({ $nor: [{ projectId: "p" }] })).toBe(0);
        for (const query of [{ scopes: "other" }, { expireAt: null }, { $where: "1" }])
          expect(auditListInput.safeParse({ query }).success).toBe(false);
      });

      test("goes page by page, newest first or oldest first, each line once", async () => {
        for (let minute = 0; minute < 7; minute += 1) {
          await pause("p");
          if (minute % 2 === 1) clock = new Date(clock.getTime() + 60_000);
        }
        for (const direction of [-1, 1] as const) {
          const seen: string[] = [];
          const input = { sort: { createdAt: direction }, limit: 3 };
          let page = await list("p", input);
          for (;;) {
            seen.push(...page.data.map(({ _id }) => _id));
            if (page.nextCursor === undefined) break;
            page = await list("p", { ...input, cursor: page.nextCursor });
          }
          expect(new Set(seen).size).toBe(7);
          expect(seen).toHaveLength(7);
        }
        const { nextCursor } = await list("p", { limit: 3 });
        await expect(list("other", { limit: 3, cursor: nextCursor })).rejects.toMatchObject({
          code: "BAD_REQUEST",
        });
      });

      test("in parts has each line once, from a database that is too slow for all of them", async () => {
        for (let day = 0; day < 9; day += 1) {
          await pause("p");
          clock = new Date(clock.getTime() + DAY_MS);
        }
        const slow = createAuditReader(ofSlowDatabase(collectionsOf(store).auditLog, DAY_MS));
        const asked = (input: object) => auditListInput.parse({ limit: 4, ...input });
        const seen: string[] = [];
        let page = await slow.list("p", asked({ inParts: true }));
        for (;;) {
          seen.push(...page.data.map(({ _id }) => _id));
          if (page.nextCursor === undefined) break;
          page = await slow.list("p", asked({ inParts: true, cursor: page.nextCursor }));
        }
        const whole = await list("p", { limit: 100 });
        expect(seen).toEqual(whole.data.map(({ _id }) => _id));
        const { query } = asked({});
        expect(await slow.count("p", { query, inParts: true })).toEqual({ count: 9 });
        const tooLong = { code: "BAD_REQUEST" };
        await expect(slow.list("p", asked({}))).rejects.toMatchObject(tooLong);
        await expect(slow.count("p", { query })).rejects.toMatchObject(tooLong);
      });

      // SecantusDB plans no search by an index on a list.
      test.runIf(name === "an embedded server")("finds lines by an index", async () => {
        const cursor = collectionsOf(store)
          .auditLog.find({ $and: [{ scopes: "p" }, { act: "project.pause" }] })
          .sort({ createdAt: -1, _id: -1 })
          .limit(10);
        const plan = JSON.stringify(await cursor.explain("queryPlanner"));
        expect(plan).not.toContain("COLLSCAN");
      });
    });

    test("the store has no way to change or delete a line", () => {
      expect(Object.keys(store.audit).toSorted()).toEqual(
        ["begin", "count", "fileLeft", "line", "list", "write"].toSorted(),
      );
    });
  });
}

onEachDatabase(auditSuite);
