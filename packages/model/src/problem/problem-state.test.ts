import fc from "fast-check";
import { expect, test } from "vitest";

import { nextProblemState, type ProblemState } from "./problem-state.ts";

const TIMES = { afterSeconds: 60, clearSeconds: 30 };

/** Looks at these seconds, at which the problem is there or not; what began and ended, and when. */
function run(looks: readonly (readonly [second: number, isThere: boolean])[]) {
  let before: ProblemState | undefined;
  let ids = 0;
  const events: [second: number, event: string, id: string][] = [];
  for (const [second, isThere] of looks) {
    const known: ProblemState | undefined = before;
    const { state, event } = nextProblemState({
      rule: "no-worker",
      times: TIMES,
      before: known,
      finding: isThere ? { text: `at ${second}` } : undefined,
      at: new Date(second * 1000),
      newId: () => `problem-${(ids += 1)}`,
    });
    if (event !== undefined) events.push([second, event, (state ?? known)!.problemId]);
    before = state;
  }
  return { events, state: before };
}

test("a problem begins when it has been there for long enough, and ends when it has been gone for long enough", () => {
  const { events, state } = run([
    [0, true],
    [50, true],
    [60, true],
    [70, true],
    [80, false],
    [100, false],
    [110, false],
  ]);
  expect(events).toEqual([
    [60, "began", "problem-1"],
    [110, "ended", "problem-1"],
  ]);
  expect(state).toBeUndefined();
});

test("what is seen for a moment is no problem", () => {
  expect(
    run([
      [0, true],
      [50, true],
      [55, false],
      [60, true],
      [100, true],
    ]).events,
  ).toEqual([]);
});

test("what is gone for a moment is the same problem, since the same time", () => {
  const { events, state } = run([
    [0, true],
    [60, true],
    [70, false],
    [95, false],
    [99, true],
    [120, false],
    [149, false],
  ]);
  expect(events).toEqual([[60, "began", "problem-1"]]);
  expect(state).toMatchObject({ problemId: "problem-1", since: new Date(0), state: "open" });
});

test("it begins at the second look at the earliest, when its id is in the database", () => {
  const look = { rule: "no-worker", finding: { text: "x" }, at: new Date(0), newId: () => "1" };
  const times = { afterSeconds: 0, clearSeconds: 0 };
  const first = nextProblemState({ ...look, rule: "no-worker", times, before: undefined });
  expect(first).toMatchObject({ state: { state: "pending" } });
  expect(first.event).toBeUndefined();
  const second = nextProblemState({ ...look, rule: "no-worker", times, before: first.state });
  expect(second).toMatchObject({ state: { state: "open", problemId: "1" }, event: "began" });
});

test("whatever is seen, beginnings and ends alternate, each under an id of its own", () => {
  const looks = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.boolean()));
  fc.assert(
    fc.property(looks, (steps) => {
      let at = 0;
      const { events } = run(steps.map(([wait, isThere]) => [(at += wait), isThere] as const));
      const ids = [...new Set(events.map(([, , id]) => id))];
      const alternating = ids.flatMap((id) => [`began ${id}`, `ended ${id}`]);
      const seen = events.map(([, event, id]) => `${event} ${id}`);
      expect(seen).toEqual(alternating.slice(0, seen.length));
      expect(alternating.length - seen.length).toBeLessThanOrEqual(1);
    }),
  );
});
