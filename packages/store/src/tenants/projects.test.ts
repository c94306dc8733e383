import { CallLogError } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { connectStore } from "../connect-store.ts";
import { onEachStore } from "../testing/on-each-store.ts";

onEachStore((running) => {
  describe("projects", () => {
    test("paused for a reason, and resumed", async () => {
      const { _id } = await running.store.projects.create({ name: "Alpha" });
      const pause = { reason: "a loop", at: running.clock };
      expect(await running.store.projects.pause(_id, "a loop")).toMatchObject({ paused: pause });
      expect(await running.store.projects.find(_id)).toMatchObject({ paused: pause });
      expect(await running.store.projects.resume(_id)).not.toHaveProperty("paused");
      await expect(running.store.projects.pause("nowhere", "x")).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    });

    test("paused by an operator beside their own pause; each side ends its own", async () => {
      const { _id } = await running.store.projects.create({ name: "Alpha" });
      await running.store.projects.pause(_id, "a loop");
      const operatorPause = { reason: "unpaid", at: running.clock };
      const both = { paused: { reason: "a loop" }, operatorPause };
      expect(await running.store.projects.pauseByOperator(_id, "unpaid")).toMatchObject(both);
      const resumed = await running.store.projects.resume(_id);
      expect(resumed).not.toHaveProperty("paused");
      expect(resumed).toMatchObject({ operatorPause });
      await running.store.projects.pause(_id, "another loop");
      const own = await running.store.projects.resumeByOperator(_id);
      expect(own).not.toHaveProperty("operatorPause");
      expect(own).toMatchObject({ paused: { reason: "another loop" } });
      const nowhere = running.store.projects.pauseByOperator("nowhere", "x");
      await expect(nowhere).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    test("created with defaults, found, listed by name, counted", async () => {
      const b = await running.store.projects.create({ name: "Beta" });
      const a = await running.store.projects.create({
        id: "7C9E6679-7425-40DE-944B-E07FC1F90AE7",
        name: " Alpha ",
        fromNumbers: ["+1 555 111 2222"],
        providerChain: ["twilio", "simulated"],
        retentionDays: 90,
      });
      expect(b).toMatchObject({
        fromNumbers: [],
        providerChain: [],
        createdAt: running.clock,
      });
      expect(a).toEqual({
        _id: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        name: "Alpha",
        fromNumbers: ["+15551112222"],
        providerChain: ["twilio", "simulated"],
        retentionDays: 90,
        createdAt: running.clock,
      });
      expect(await running.store.projects.find(a._id)).toStrictEqual(a);
      expect(await running.store.projects.list()).toStrictEqual([a, b]);
      expect(await running.store.projects.count()).toBe(2);
      expect(await running.store.projects.find("nowhere")).toBeUndefined();
    });

    test("a taken id is a conflict and changes nothing", async () => {
      const first = await running.store.projects.create({ name: "First" });
      const second = running.store.projects.create({ id: first._id, name: "Second" });
      await expect(second).rejects.toThrow(
        new CallLogError("CONFLICT", `project ${first._id} exists already`),
      );
      await expect(second).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await running.store.projects.list()).toStrictEqual([first]);
    });

    test("a pause is seen at once where it is made, and within a second on another node", async () => {
      let elapsed = 0;
      const other = await connectStore({ ...running.database, elapsedMs: () => elapsed });
      const { _id } = await running.store.projects.create({ name: "A" });
      for (const { projects } of [running.store, other])
        expect(await projects.recent(_id)).toMatchObject({ name: "A" });
      await running.store.projects.pause(_id, "an incident");
      expect(await running.store.projects.recent(_id)).toMatchObject({ paused: {} });
      elapsed = 999;
      expect(await other.projects.recent(_id)).not.toHaveProperty("paused");
      elapsed = 1000;
      expect(await other.projects.recent(_id)).toMatchObject({ paused: {} });
      await other.close();
    });

    test("settings change one by one, and the retention can be lifted", async () => {
      const { _id, ...rest } = await running.store.projects.create({ name: "A", retentionDays: 7 });
      const { retentionDays: _, ...kept } = rest;
      const renamed = await running.store.projects.update(_id, { name: "B" });
      expect(renamed).toStrictEqual({ _id, ...rest, name: "B" });
      const lifted = await running.store.projects.update(_id, { retentionDays: null });
      expect(lifted).toStrictEqual({ _id, ...kept, name: "B" });
      expect(await running.store.projects.find(_id)).toStrictEqual(lifted);
    });

    test("bad settings and unknown projects are refused in words", async () => {
      const { _id } = await running.store.projects.create({ name: "A" });
      const refused = async (attempt: Promise<unknown>, code: string, text: string) => {
        await expect(attempt).rejects.toMatchObject({ code });
        await expect(attempt).rejects.toThrow(text);
      };
      const { projects } = running.store;
      await refused(
        projects.create({ name: "" }),
        "BAD_REQUEST",
        "project.name: must not be empty",
      );
      await refused(
        projects.create({ name: "A", fromNumbers: ["12"] }),
        "BAD_REQUEST",
        "project.fromNumbers.0: must be a phone number",
      );
      await refused(projects.update(_id, {}), "BAD_REQUEST", "must change at least one setting");
      await refused(projects.update(_id, { retentionDays: 0 }), "BAD_REQUEST", "at least 1 day");
      await refused(projects.update("nowhere", { name: "B" }), "NOT_FOUND", "no project nowhere");
    });
  });
});
