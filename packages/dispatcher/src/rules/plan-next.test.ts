import type { PlaceResult } from "@call-log/provider";
import { expect, test } from "vitest";

import { aCall, START } from "../testing/a-call.ts";
import { claimed } from "../testing/claim-purely.ts";
import { applyAnswer } from "./apply-answer.ts";
import { followAttempts } from "./follow-attempt.ts";
import { expired } from "./plan-next.ts";
import { secondsAfter } from "./seconds.ts";

const throttled: PlaceResult = {
  kind: "rejected",
  errorClass: "throttled",
  errorMessage: "Too many requests",
};

test("says in words when the next attempt comes", () => {
  const dialled = claimed(aCall(), { now: START });
  const answer = { attemptId: dialled.attempts[0]!._id, provider: "simulated", at: START };
  const { record } = applyAnswer(dialled, { ...answer, result: throttled });
  const next = followAttempts(record, { now: START, chain: ["simulated"] });
  expect(next).toMatchObject({
    status: "Scheduled",
    statusMessage:
      "The provider was not able to take the call; nothing was dialled on attempt 1; next attempt at 2026-11-23T03:12:01.000Z",
  });
  expect(next.attempts[1]).toMatchObject({
    _id: `${next._id}-2`,
    number: 2,
    state: "planned",
    dueAt: secondsAfter(START, 1),
    provider: "simulated",
  });
});

test("a call that was never placed expires; its attempt is taken back", () => {
  const record = expired(aCall({ deadlineAt: "2026-11-23T03:13:00Z" }), START);
  expect(record).toMatchObject({ status: "Expired", attempts: [{ state: "ended" }] });
});

test("a deadline after an attempt leaves that attempt's outcome as the status", () => {
  const dialled = claimed(aCall(), { now: START });
  const answer = { attemptId: dialled.attempts[0]!._id, provider: "simulated", at: START };
  const { record } = applyAnswer(dialled, { ...answer, result: throttled });
  const waiting = followAttempts(record, { now: START, chain: ["simulated"] });
  expect(expired(waiting, secondsAfter(START, 9))).toMatchObject({
    status: "Failed",
    statusMessage: expect.stringContaining("the deadline ended the attempts"),
    attempts: [{ outcome: "throttled" }, { state: "ended", outcome: "canceled" }],
  });
});

test("the spoken text of a sensitive call is deleted with its end", () => {
  const record = expired(aCall({ sensitive: true }), START);
  expect(record.plan.steps).toEqual([]);
  expect(record.callData).toEqual({ sensitive: true });
});
