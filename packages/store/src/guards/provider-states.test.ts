import { describe, expect, test } from "vitest";

import { later, onEachStore } from "../testing/on-each-store.ts";
import { range } from "../testing/range.ts";

onEachStore((running) => {
  describe("provider states", () => {
    const paused = { by: "configuration", reason: "Authenticate (20003)" } as const;

    test("a pause is seen at once, says since when, and ends", async () => {
      expect(await running.store.providerStates.pauseOf("twilio")).toBeUndefined();
      await running.store.providerStates.pause("twilio", paused);
      expect(await running.store.providerStates.pauseOf("twilio")).toEqual({
        ...paused,
        at: running.clock,
      });
      expect(await running.store.providerStates.pauseOf("telnyx")).toBeUndefined();
      expect(await running.store.providerStates.resume("twilio")).toBe(true);
      expect(await running.store.providerStates.resume("twilio")).toBe(false);
      expect(await running.store.providerStates.pauseOf("twilio")).toBeUndefined();
    });

    test("a person's pause stands over that of the configuration, not the other way", async () => {
      const byPerson = { by: "person", reason: "the bill" } as const;
      await running.store.providerStates.pause("twilio", paused);
      await running.store.providerStates.pause("twilio", byPerson);
      await running.store.providerStates.pause("twilio", paused);
      expect(await running.store.providerStates.pauseOf("twilio")).toMatchObject(byPerson);
      expect(await running.store.providerStates.resume("twilio", "configuration")).toBe(false);
      expect((await running.store.providerStates.list()).map(({ _id }) => _id)).toEqual(["twilio"]);
    });

    test("one of many takes the turn to check", async () => {
      await running.store.providerStates.pause("twilio", paused);
      expect(await running.store.providerStates.takeCheck("twilio", 60)).toBe(false);
      running.clock = later(70_000);
      const turns = range(5).map(() => running.store.providerStates.takeCheck("twilio", 60));
      expect((await Promise.all(turns)).filter(Boolean)).toHaveLength(1);
    });

    test("one of many checks an account that refused a call, unless it is paused", async () => {
      const take = () => running.store.providerStates.takeFirstCheck("twilio", 60);
      const turns = await Promise.all(range(5).map(take));
      expect(turns.filter(Boolean)).toHaveLength(1);
      expect(await take()).toBe(false);
      running.clock = new Date(running.clock.getTime() + 60_000);
      expect(await take()).toBe(true);
      await running.store.providerStates.pause("twilio", paused);
      running.clock = new Date(running.clock.getTime() + 60_000);
      expect(await take()).toBe(false);
    });
  });
});
