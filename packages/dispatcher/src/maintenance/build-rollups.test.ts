import { expect, test } from "vitest";

import { createTestContext } from "../testing/test-context.ts";
import { createRollupRound } from "./build-rollups.ts";

function context(answers: {
  seal: () => Promise<boolean>;
  audit?: () => Promise<{ projectId: string; wrong: string[] } | undefined>;
}) {
  const calls = () => {
    throw new Error("no calls");
  };
  let rounds = 0;
  const made = createTestContext({ calls: () => new Proxy({}, { get: calls }) as never });
  const seal = () => {
    rounds += 1;
    return answers.seal();
  };
  return {
    context: {
      ...made,
      rollups: { build: seal, verify: answers.audit ?? (async () => undefined) },
    },
    rounds: () => rounds,
    made,
  };
}

test("goes on in the next round while there is more to do, and rests when all is done", async () => {
  let isDone = false;
  const { context: of, rounds, made } = context({ seal: async () => isDone });
  const round = createRollupRound(of);
  await round();
  await round();
  expect(rounds()).toBe(2);
  isDone = true;
  await round();
  await round();
  expect(rounds()).toBe(3);
  made.clock.advance(10);
  await round();
  expect(rounds()).toBe(4);
});

test("a wrong sum is counted and logged with its period, no more", async () => {
  const wrong = { projectId: "p", wrong: ["2026-11-25T10", "2026-11-25"] };
  const { context: of, made } = context({ seal: async () => true, audit: async () => wrong });
  await createRollupRound(of)();
  expect(made.metrics.read().wrongSums).toBe(2);
  expect(made.logged()).toContain("2026-11-25T10 2026-11-25");
});

test("a database that is away ends no sweep, and is left alone for a while", async () => {
  const seal = () => Promise.reject(new Error("away"));
  const { context: of, rounds, made } = context({ seal });
  const round = createRollupRound(of);
  await round();
  await round();
  expect(rounds()).toBe(1);
  expect(made.logged()).toContain("counted one by one");
});
