import { describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import { onEachStore } from "../testing/on-each-store.ts";
import { range } from "../testing/range.ts";

onEachStore((running) => {
  describe("instance", () => {
    test("all processes get the same secret of 256 bits, also at the same moment", async () => {
      const nodes = await Promise.all(range(5).map(() => connectStore(running.database)));
      const secrets = await Promise.all(nodes.map(({ instance }) => instance.secret()));
      expect(new Set(secrets.map((secret) => secret.toString("hex"))).size).toBe(1);
      expect(secrets[0]).toHaveLength(32);
      expect(secrets[0]!.equals(Buffer.alloc(32))).toBe(false);
      expect(await nodes[0]!.instance.findSecret()).toEqual(secrets[0]);
      await Promise.all(nodes.map((node) => node.close()));
    });

    test("there is no secret before somebody asks for one", async () => {
      await collectionsOf(running.store).settings.deleteMany({});
      expect(await running.store.instance.findSecret()).toBeUndefined();
    });

    test("the mark of the secret is changed by one process after the other", async () => {
      await collectionsOf(running.store).settings.deleteMany({});
      const nodes = await Promise.all(range(5).map(() => connectStore(running.database)));
      const seen: (string | undefined)[] = [];
      await Promise.all(
        nodes.map(({ instance }, n) =>
          instance.changeSecretMark((found) => {
            if (found?.current === "last") return found;
            const current = seen.length < 20 ? `mark-${n}-${seen.push(found?.current)}` : "last";
            return { current, changedAt: running.clock, ...(found && { previous: found.current }) };
          }),
        ),
      );
      const mark = await running.store.instance.changeSecretMark((found) => found!);
      expect(mark).toMatchObject({
        changedAt: running.clock,
        current: expect.stringMatching(/^mark-/),
      });
      const kept = { current: "kept", changedAt: running.clock };
      expect(await running.store.instance.changeSecretMark(() => kept)).toEqual(kept);
      expect(await nodes[0]!.instance.changeSecretMark((found) => found!)).toEqual(kept);
      await Promise.all(nodes.map((node) => node.close()));
    });
  });
});
