import { expect, test } from "vitest";

import { createTestContext } from "../testing/test-context.ts";
import { createMigrationRound } from "./run-background-migrations.ts";

test("goes on in the next round until all is done, rests then, and looks again", async () => {
  const context = createTestContext({ calls: () => ({}) as never });
  const answers = [false, true, true];
  let rounds = 0;
  const run = async () => answers[rounds++]!;
  const round = createMigrationRound({ ...context, backgroundMigrations: { run } });
  await round();
  await round();
  await round();
  expect(rounds).toBe(2);
  context.clock.advance(300);
  await round();
  expect(rounds).toBe(3);
});

test("a database that is away ends no sweep, and is left alone for a while", async () => {
  const context = createTestContext({ calls: () => ({}) as never });
  let rounds = 0;
  const run = () => {
    rounds += 1;
    return Promise.reject(new Error("away"));
  };
  const round = createMigrationRound({ ...context, backgroundMigrations: { run } });
  await round();
  await round();
  expect(rounds).toBe(1);
  expect(context.logged()).toContain("could not go on");
});
