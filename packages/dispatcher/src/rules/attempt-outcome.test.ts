import { describe, expect, test } from "vitest";

import { aCall, ASKS_FOR_4, START } from "../testing/a-call.ts";
import type { Ending, OutcomeFacts } from "./attempt-outcome.ts";
import { attemptOutcome, isProvisional } from "./attempt-outcome.ts";

const acknowledged: OutcomeFacts = { acknowledgedAt: START };

describe("attemptOutcome", () => {
  test.each<[Ending, OutcomeFacts, "answered" | "human" | "acknowledged", string]>([
    ["completed", {}, "answered", "reached"],
    ["completed", { answeredBy: "machine" }, "answered", "reached"],
    ["completed", { answeredBy: "human" }, "human", "reached"],
    ["completed", { answeredBy: "unknown" }, "human", "reached"],
    ["completed", {}, "human", "reached"],
    ["completed", { answeredBy: "machine" }, "human", "voicemail"],
    ["completed", { answeredBy: "fax" }, "human", "voicemail"],
    ["completed", { answeredBy: "human" }, "acknowledged", "not-acknowledged"],
    ["completed", {}, "acknowledged", "not-acknowledged"],
    ["completed", { answeredBy: "machine" }, "acknowledged", "voicemail"],
    ["completed", acknowledged, "acknowledged", "reached"],
    ["failed", acknowledged, "acknowledged", "reached"],
    ["busy", {}, "answered", "busy"],
    ["busy", { sipResponseCode: 486 }, "answered", "busy"],
    ["busy", { sipResponseCode: 603 }, "answered", "declined"],
    ["no-answer", {}, "answered", "no-answer"],
    ["no-answer", { sipResponseCode: 603 }, "answered", "declined"],
    ["declined", {}, "answered", "declined"],
    ["failed", {}, "answered", "failed"],
    ["failed", { sipResponseCode: 404 }, "answered", "bad-number"],
    ["failed", { sipResponseCode: 484 }, "answered", "bad-number"],
    ["failed", { sipResponseCode: 604 }, "answered", "bad-number"],
    ["failed", { sipResponseCode: 480 }, "answered", "no-answer"],
    ["failed", { sipResponseCode: 486 }, "answered", "busy"],
    ["failed", { sipResponseCode: 603 }, "answered", "declined"],
    ["failed", { sipResponseCode: 503 }, "answered", "failed"],
    ["canceled", {}, "answered", "canceled"],
  ])("%s with %j, reached when %s: %s", (...[ending, facts, reachedWhen, outcome]) => {
    expect(attemptOutcome(ending, facts, reachedWhen)).toBe(outcome);
  });
});

describe("isProvisional", () => {
  const attempt = aCall().attempts[0]!;
  test.each([
    ["not-acknowledged", undefined, "acknowledged", true],
    ["reached", undefined, "human", true],
    ["reached", "human", "human", false],
    ["reached", undefined, "answered", false],
    ["voicemail", "machine", "acknowledged", true],
    ["busy", undefined, "human", false],
  ] as const)(
    "%s by %s, reached when %s: %s",
    (...[outcome, answeredBy, reachedWhen, provisional]) => {
      const { plan } = aCall({ say: ASKS_FOR_4, reachedWhen });
      const ended = { ...attempt, outcome, ...(answeredBy && { answeredBy }) };
      expect(isProvisional(ended, plan)).toBe(provisional);
    },
  );

  test("a machine that can press nothing is not in doubt", () => {
    const { plan } = aCall({ reachedWhen: "human" });
    const ended = { ...attempt, outcome: "voicemail", answeredBy: "machine" } as const;
    expect(isProvisional(ended, plan)).toBe(false);
  });

  test("an acknowledgement is never in doubt", () => {
    const ended = { ...attempt, outcome: "reached" as const, acknowledgedAt: START };
    expect(isProvisional(ended, aCall({ reachedWhen: "human" }).plan)).toBe(false);
  });
});
