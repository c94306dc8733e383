import { onEachDatabase, databaseRuns } from "@call-log/testing";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";
import type { DatabaseCommand } from "../watch-commands.ts";

/** An empty database of a server, and its end. */
type OpenDatabase = () => Promise<{ uri: string; databaseName: string; close(): Promise<void> }>;

const [us, de, house] = ["+15551112222", "+493012345678", "+15550199999"] as const;
const START = new Date("2026-11-25T10:00:00.000Z");
const later = (seconds: number) => new Date(START.getTime() + seconds * 1000);

/** What owners of numbers have to keep on every server. */
function callerIdSuite(name: string, openDatabase: OpenDatabase): void {
  describe(`owners of numbers on ${name}`, () => {
    let database: Awaited<ReturnType<OpenDatabase>>;
    let store: Store;
    let clock = new Date(0);
    const connect = () => connectStore({ ...database, now: () => clock });
    beforeEach(async () => {
      clock = START;
      database = await openDatabase();
      store = await connect();
    });
    afterEach(async () => {
      await store.close();
      await database.close();
    });
    const create = (fromNumbers: string[]) => store.projects.create({ name: "A", fromNumbers });
    const ownerOf = async (number: string) =>
      (await store.callerIds.list()).find((one) => one.number === number)?.owner;

    test("a number in the settings of a project is its own, and no other project's", async () => {
      const first = await create([us]);
      expect(await ownerOf(us)).toBe(first._id);
      await expect(create([de, us])).rejects.toMatchObject({
        code: "CONFLICT",
        message: "fromNumbers.1: belongs to another project, and is not lent to this one",
      });
      expect(await store.projects.count()).toBe(1);
      const second = await create([de]);
      const take = () => store.projects.update(second._id, { fromNumbers: [de, us] });
      await expect(take()).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await store.projects.find(second._id)).toMatchObject({ fromNumbers: [de] });
      await store.projects.update(first._id, { fromNumbers: [] });
      expect(await take()).toMatchObject({ fromNumbers: [de, us] });
      expect(await ownerOf(us)).toBe(second._id);
    });

    test("the numbers of a project that owns them all are read by one command", async () => {
      const project = await create([us]);
      const commands: string[] = [];
      const onCommand = ({ name: command }: DatabaseCommand) => void commands.push(command);
      const reading = await connectStore({ ...database, onCommand });
      try {
        commands.length = 0;
        const known = await reading.callerIds.of(project, []);
        expect(known).toEqual([{ number: us, owner: project._id }]);
        expect(commands).toEqual(["find"]);
      } finally {
        await reading.close();
      }
    });

    test("of many projects that claim a number at a moment one gets it", async () => {
      const answers = await Promise.allSettled(Array.from({ length: 6 }, () => create([us, de])));
      expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const [winner] = await store.projects.list();
      expect([await ownerOf(us), await ownerOf(de)]).toEqual([winner!._id, winner!._id]);
    });

    test("a project whose id is taken leaves the numbers free", async () => {
      const { _id: id } = await create([us]);
      const again = store.projects.create({ id, name: "B", fromNumbers: [de] });
      await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await ownerOf(de)).toBeUndefined();
      expect(await ownerOf(us)).toBe(id);
    });

    test("whatever a project writes at once, and another after it, each number is of the one that lists it", async () => {
      const another = await connect();
      const numbers = fc.uniqueArray(fc.constantFrom(us, de, house), { maxLength: 3 });
      const round = fc.record({
        who: fc.nat(1),
        writes: fc.array(numbers, { minLength: 1, maxLength: 4 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 4 }), async (rounds) => {
          await collectionsOf(store).callerIds.deleteMany({});
          await collectionsOf(store).projects.deleteMany({});
          const projects = await Promise.all([create([]), create([])]);
          for (const { who, writes } of rounds) {
            const stores = writes.map((_, index) => (index % 2 === 0 ? store : another));
            await Promise.allSettled(
              writes.map((fromNumbers, index) =>
                stores[index]!.projects.update(projects[who]!._id, { fromNumbers }),
              ),
            );
          }
          const listed = await store.projects.list();
          const owners = new Map(
            (await store.callerIds.list()).map(({ number, owner }) => [number, owner]),
          );
          const expected = listed.flatMap(({ _id, fromNumbers }) =>
            fromNumbers.map((number) => [number, _id]),
          );
          expect(expected.map(([number = ""]) => [number, owners.get(number)])).toEqual(expected);
        }),
        { numRuns: databaseRuns(25) },
      );
      await another.close();
    });

    test("a claim whose writer died before its project was written is taken over after a minute", async () => {
      await store.callerIds.claim("the dead", [us]);
      await expect(create([us])).rejects.toMatchObject({ code: "CONFLICT" });
      clock = later(61);
      const { _id } = await create([us]);
      expect(await ownerOf(us)).toBe(_id);
      clock = later(3600);
      await expect(create([us])).rejects.toMatchObject({ code: "CONFLICT" });
    });

    test("what the operator lends may be in the settings of both, and goes with the loan", async () => {
      const first = await create([us]);
      const { _id } = await create([]);
      await store.callerIds.lend(us, _id);
      const second = await store.projects.update(_id, { fromNumbers: [us] });
      expect(await ownerOf(us)).toBe(first._id);
      expect(await store.callerIds.of(second, [])).toEqual([
        { number: us, owner: first._id, lentTo: [second._id] },
      ]);
      await store.callerIds.takeBack(us, second._id);
      expect(await store.callerIds.of(second, [])).toEqual([
        { number: us, owner: first._id, lentTo: [] },
      ]);
    });

    test("loans are of one project, of all, or of nobody, and each is in the audit trail", async () => {
      const { callerIds } = store;
      expect(await callerIds.lend(house, "shop")).toEqual({ number: house, lentTo: ["shop"] });
      await callerIds.lend(house, "shop");
      await callerIds.lend(house, "all");
      await expect(callerIds.takeBack(house, "shop")).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
      expect(await callerIds.takeBack(house, "all")).toMatchObject({ lentTo: ["shop"] });
      expect(await callerIds.takeBack(house)).toMatchObject({ lentTo: [] });
      const lines = await collectionsOf(store).auditLog.find().sort({ _id: 1 }).toArray();
      expect(lines.map(({ act, target, scopes }) => [act, target?.id, scopes[0]])).toEqual([
        ["number.lend", house, "installation"],
        ["number.lend", house, "installation"],
        ["number.take-back", house, "installation"],
        ["number.take-back", house, "installation"],
      ]);
      expect(lines[1]).toMatchObject({
        changes: [{ field: "projects", from: ["shop"], to: ["shop", "all"] }],
        facts: { projectId: "all" },
      });
      await expect(create([house])).rejects.toMatchObject({ code: "CONFLICT" });
    });

    test("in a database of an older release, the project that was created first keeps a number of two", async () => {
      const project = (_id: string, seconds: number, fromNumbers: string[]) => ({
        _id,
        name: _id,
        fromNumbers,
        providerChain: [],
        createdAt: later(seconds),
      });
      await collectionsOf(store).projects.insertMany([
        project("young", 10, [us, de]),
        project("old", 0, [us]),
      ]);
      await using next = disposable(await connect());
      expect(await next.callerIds.list()).toEqual([
        { number: us, owner: "old" },
        { number: de, owner: "young" },
      ]);
      await collectionsOf(store).projects.insertOne(project("by an old process", 20, [house, us]));
      const known = await next.callerIds.of(
        { _id: "by an old process", fromNumbers: [house, us] },
        [],
      );
      expect(known).toContainEqual({ number: house, owner: "by an old process" });
      expect(known).toContainEqual({ number: us, owner: "old" });
    });
  });
}

function disposable<T extends { close(): Promise<void> }>(resource: T) {
  return Object.assign(resource, { [Symbol.asyncDispose]: () => resource.close() });
}

onEachDatabase(callerIdSuite);
