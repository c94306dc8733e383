import { type Acting, type CallRecord, newCallLogId } from "@call-log/model";
import { callRecord, type FreshDatabase, onEachDatabase, databaseRuns } from "@call-log/testing";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";

const ACTING: Acting = { actor: { kind: "key", id: "key-1" } };
const NUMBERS = ["+15550100100", "+15550100101"] as const;
const PROJECT = "p";

/** Where the process dies: not at all, before the line is filed, or before it is taken off its document. */
const CRASHES = ["none", "before filing", "before taking off"] as const;

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("name", "pause", "resume", "bar", "unbar", "cancel", "round"),
  pick: fc.nat({ max: 1 }),
  crash: fc.constantFrom(...CRASHES),
});

interface Step {
  kind: string;
  pick: number;
  crash: (typeof CRASHES)[number];
}

/** After any acts and crashes, the trail has a line for each change, and no other; `fresh` gives an empty database. */
function auditPropertySuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`acts and lines on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let clock = new Date("2026-11-25T03:12:00Z");
    let crash: (typeof CRASHES)[number];

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => clock });
      const { auditLog } = collectionsOf(store);
      const insert = auditLog.insertMany.bind(auditLog);
      Object.assign(auditLog, {
        insertMany: async (...args: Parameters<typeof insert>) => {
          if (crash === "before filing") throw new Error("the process died here");
          const inserted = await insert(...args);
          if (crash === "before taking off") throw new Error("the process died here");
          return inserted;
        },
      });
    });
    beforeEach(() => {
      crash = "none";
      clock = new Date("2026-11-25T03:12:00Z");
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    /** The state that the acts are about, kept beside the store; each act that changes it is counted. */
    interface Model {
      project: string;
      names: string[];
      isPaused: boolean;
      barred: Set<string>;
      calls: CallRecord[];
      changes: string[];
    }

    async function round() {
      crash = "none";
      clock = new Date(clock.getTime() + 60_000);
      await store.audit.fileLeft();
    }

    const ACTS: Record<string, (model: Model, pick: number) => Promise<string | undefined>> = {
      async name({ project, names }, pick) {
        const next = `name ${pick}`;
        await store.projects.update(project, { name: next }, ACTING);
        const isChanged = names.at(-1) !== next;
        names.push(next);
        return isChanged ? "project.update" : undefined;
      },
      async pause(model) {
        clock = new Date(clock.getTime() + 1);
        await store.projects.pause(model.project, "Drill", ACTING);
        model.isPaused = true;
        return "project.pause";
      },
      async resume(model) {
        await store.projects.resume(model.project, ACTING);
        const isChanged = model.isPaused;
        model.isPaused = false;
        return isChanged ? "project.resume" : undefined;
      },
      async bar({ barred }, pick) {
        const number = NUMBERS[pick]!;
        await store.doNotCall.add(PROJECT, [number], ACTING);
        const isChanged = !barred.has(number);
        barred.add(number);
        return isChanged ? "do-not-call.add" : undefined;
      },
      async unbar({ barred }, pick) {
        const number = NUMBERS[pick]!;
        await store.doNotCall.remove(PROJECT, number, ACTING);
        return barred.delete(number) ? "do-not-call.remove" : undefined;
      },
      async cancel({ calls }, pick) {
        const id = calls[pick]!._id;
        const record = (await store.calls.find(id))!;
        const report = {
          act: "calls.cancel",
          acting: ACTING,
          projectId: PROJECT,
          target: id,
        } as const;
        const unfiledActs = [...(record.unfiledActs ?? []), store.audit.line(report)];
        await store.calls.replace({ ...record, unfiledActs });
        return "calls.cancel";
      },
    };

    async function run(steps: readonly Step[]): Promise<void> {
      for (const collection of Object.values(collectionsOf(store))) await collection.deleteMany({});
      crash = "none";
      const { _id: project } = await store.projects.create({ name: "name" }, ACTING);
      const calls = [0, 1].map(() =>
        callRecord({ projectId: PROJECT, _id: newCallLogId({ projectId: PROJECT }) }),
      );
      await store.calls.insertMany(calls);
      const model: Model = {
        project,
        names: ["name"],
        isPaused: false,
        barred: new Set(),
        calls,
        changes: ["project.create"],
      };
      for (const { kind, pick, crash: where } of steps) {
        crash = where;
        const act = kind === "round" ? await round() : await ACTS[kind]!(model, pick);
        if (typeof act === "string") model.changes.push(act);
      }
      await round();
      const lines = await collectionsOf(store).auditLog.find().toArray();
      expect(lines.map(({ act }) => act).toSorted()).toEqual(model.changes.toSorted());
      expect(new Set(await store.doNotCall.list(PROJECT))).toEqual(model.barred);
      expect(await store.audit.fileLeft()).toBe(0);
      await round();
      expect(await collectionsOf(store).doNotCall.countDocuments()).toBe(model.barred.size);
    }

    test("any acts with any crashes leave a line for each change, and no other", async () => {
      const steps = fc.array(step, { minLength: 1, maxLength: 12 });
      await fc.assert(fc.asyncProperty(steps, run), { numRuns: databaseRuns(25) });
    });
  });
}

onEachDatabase(auditPropertySuite);
