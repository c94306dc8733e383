import { describe, expect, test } from "vitest";

import type { HealthFacts } from "./health-facts.ts";
import { problemFacts } from "./problem-facts.ts";
import { PROBLEM_RULE_NAMES, PROBLEM_RULES, type ProblemRuleName } from "./problem-rule.ts";

const NOTHING = { projects: [], isWhole: true };

/** Facts of an installation that is well. */
const WELL: HealthFacts = {
  isRedisUp: true,
  workers: { taking: 2, draining: 0 },
  queues: [{ name: "call-dispatch", waiting: 3, oldestSeconds: 2 }],
  callbacks: { recorded: 100, mostWithinSeconds: 1, silent: [] },
  pausedProviders: [],
  stuck: NOTHING,
  unknown: NOTHING,
  budgets: [],
  refused: NOTHING,
};

const budget = (share: number) => ({
  projectId: "p",
  cap: "day" as const,
  capUSD: "25.00",
  committedUSD: "20.00",
  share,
});

/** For each rule, facts in which it finds something, and what. */
const ILL: Record<ProblemRuleName, [facts: Partial<HealthFacts>, found: object][]> = {
  "no-worker": [
    [{ workers: { taking: 0, draining: 0 } }, { text: "No worker is alive." }],
    [{ workers: { taking: 0, draining: 2 } }, { text: "2 workers alive, but drained." }],
    [{ isRedisUp: false, workers: undefined }, { text: expect.stringContaining("Redis is away") }],
  ],
  "call-stuck": [
    [
      { stuck: { projects: [{ projectId: "p", calls: 2, oldestId: "c" }], isWhole: true } },
      { projectId: "p", text: "2 calls are overdue by more than a minute; the oldest is c." },
    ],
  ],
  "unknown-held": [
    [
      { unknown: { projects: [{ projectId: "p", calls: 1, oldestId: "c" }], isWhole: true } },
      { projectId: "p", text: expect.stringMatching(/^1 call is held: .* the oldest is c\.$/) },
    ],
  ],
  "callbacks-late": [
    [
      { callbacks: { recorded: 5, mostWithinSeconds: 60, silent: [] } },
      { text: expect.stringContaining("up to 60 seconds") },
    ],
    [
      { callbacks: { recorded: 5, mostWithinSeconds: null, silent: [] } },
      { text: expect.stringContaining("more than 300 seconds") },
    ],
    [
      {
        callbacks: {
          recorded: 0,
          mostWithinSeconds: null,
          silent: [
            { provider: "twilio", attempts: 3 },
            { provider: "telnyx", attempts: 2 },
          ],
        },
      },
      { subject: "twilio", text: expect.stringMatching(/^None .* last 3 calls through twilio/) },
    ],
  ],
  "budget-nearly-spent": [
    [
      { budgets: [budget(0.8), { ...budget(0.79), projectId: "q" }] },
      { projectId: "p", subject: "day", text: expect.stringContaining("20.00 of 25.00") },
    ],
  ],
  "provider-paused": [
    [
      { pausedProviders: [{ name: "twilio", by: "person" }] },
      { subject: "twilio", text: "The provider twilio is paused by a person." },
    ],
  ],
  "queue-requests-failed": [
    [
      { refused: { projects: [{ projectId: null, requests: 1 }], isWhole: true } },
      { projectId: undefined, text: expect.stringMatching(/^1 call request .* was refused/) },
    ],
    [
      { refused: { projects: [{ projectId: "p", requests: 3 }], isWhole: true } },
      { projectId: "p", text: expect.stringMatching(/^3 call requests .* were refused/) },
    ],
  ],
  "queue-growing": [
    [
      { queues: [{ name: "call-events", waiting: 900, oldestSeconds: 61 }] },
      { subject: "call-events", text: expect.stringContaining("900 jobs") },
    ],
  ],
};

describe.each(PROBLEM_RULE_NAMES)("%s", (name) => {
  const { find, ...words } = PROBLEM_RULES[name];

  test("finds nothing in an installation that is well", () => {
    expect(find(WELL)).toEqual([]);
  });

  test.each(ILL[name])("finds it in %j", (facts, found) => {
    expect(find({ ...WELL, ...facts })).toEqual([found]);
  });

  test.each(ILL[name])("another language can say it in %j", (facts) => {
    const [found] = find({ ...WELL, ...facts }) ?? [];
    expect(problemFacts(found!.text)).toMatchObject({ name: expect.any(String) });
  });

  test("says in sentences what is wrong and what to do", () => {
    expect(words.title).toMatch(/^[A-Z].*[^.]$/);
    expect(words.remedy).toMatch(/^[A-Z].{20,}$/);
  });
});

test.each([
  [{ workers: { taking: 0, draining: 1200 } }, "no-worker", { name: "drained", workers: 1200 }],
  [
    { budgets: [{ ...budget(1), cap: "prepaid" as const }] },
    "budget-nearly-spent",
    { name: "budget", limit: "prepaid", committedUSD: "20.00", capUSD: "25.00" },
  ],
  [
    { callbacks: { recorded: 5, mostWithinSeconds: 61.5, silent: [] } },
    "callbacks-late",
    { name: "callbacks-late", callbacks: 5, seconds: 61.5 },
  ],
] as const)("the values of its sentence are found in %j", (facts, rule, values) => {
  const [found] = PROBLEM_RULES[rule].find({ ...WELL, ...facts }) ?? [];
  expect(problemFacts(found!.text)).toEqual(values);
});

test("a text of another release is no case", () => {
  expect(problemFacts("The moon is full.")).toBeUndefined();
});

describe("what the facts do not tell", () => {
  const redisAway = { ...WELL, isRedisUp: false, workers: undefined, queues: undefined };
  const unread = { ...redisAway, callbacks: undefined };

  test.each(["callbacks-late", "queue-growing"] as const)("is no answer of %s", (name) => {
    expect(PROBLEM_RULES[name].find(unread)).toBeUndefined();
  });

  test("a queue grows for want of workers alone while none is alive", () => {
    const { find } = PROBLEM_RULES["queue-growing"];
    expect(find({ ...WELL, queues: undefined })).toBeUndefined();
    const queues = [{ name: "call-dispatch", waiting: 9, oldestSeconds: 999 }];
    expect(find({ ...WELL, queues, workers: { taking: 0, draining: 0 } })).toBeUndefined();
  });

  test("few callbacks say nothing", () => {
    const { find } = PROBLEM_RULES["callbacks-late"];
    const callbacks = { recorded: 4, mostWithinSeconds: null, silent: [] };
    expect(find({ ...WELL, callbacks })).toEqual([]);
  });
});
