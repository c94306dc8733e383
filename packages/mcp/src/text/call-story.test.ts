import type { AttemptView, CallLogView } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { attemptSentence, nextSentence, whyNotBefore } from "./call-story.ts";
import { shownTimes } from "./shown-times.ts";

const TIMES = shownTimes("UTC");
const at = (clock: string) => `2026-11-24T${clock}.000Z`;

function attempt(fields: Partial<AttemptView>): AttemptView {
  return { _id: "a-1", number: 1, state: "ended", dueAt: at("03:00:00"), events: [], ...fields };
}

function call(fields: Partial<CallLogView>): CallLogView {
  return { _id: "a", status: "Completed", createdAt: at("03:00:00"), ...fields };
}

describe("an attempt", () => {
  test("that ended", () => {
    const one = attempt({
      claimedAt: at("03:00:01"),
      provider: "twilio",
      answeredAt: at("03:00:09"),
      endedAt: at("03:00:20"),
      outcome: "reached",
      digits: "4",
    });
    expect(attemptSentence(one, TIMES)).toBe(
      "Attempt 1: dialled 2026-11-24 03:00:01 UTC through twilio, answered 2026-11-24 03:00:09 UTC, ended 2026-11-24 03:00:20 UTC, reached as requested, pressed 4.",
    );
  });

  test("that is to come, by the clock of a zone", () => {
    const berlin = shownTimes("Europe/Berlin");
    expect(attemptSentence(attempt({ state: "planned" }), berlin)).toBe(
      "Attempt 1 is due 2026-11-24 04:00:00 (Europe/Berlin).",
    );
  });

  test("that the provider refused", () => {
    const one = attempt({
      state: "rejected",
      outcome: "throttled",
      claimedAt: at("03:00:01"),
      errorMessage: "429",
    });
    expect(attemptSentence(one, TIMES)).toMatch(/nothing was dialled \(429\)\.$/);
  });
});

describe("why not before", () => {
  test("nothing to say of a call that went at once", () => {
    const attempts = [attempt({ outcome: "reached", claimedAt: at("03:00:01") })];
    expect(whyNotBefore(call({ attempts }), TIMES)).toEqual([]);
  });

  test("its time, a late start, and the attempts that reached nobody", () => {
    const attempts = [
      attempt({ outcome: "busy", claimedAt: at("03:12:00") }),
      attempt({ number: 2, outcome: "reached", claimedAt: at("03:13:00") }),
    ];
    const scheduledAt = at("03:02:00");
    expect(whyNotBefore(call({ attempts, scheduledAt }), TIMES)).toEqual([
      "It was scheduled for 2026-11-24 03:02:00 UTC.",
      "It could go from 2026-11-24 03:02:00 UTC on and was first dialled 2026-11-24 03:12:00 UTC, 10 min later.",
      "Attempt 1: dialled 2026-11-24 03:12:00 UTC, the line was busy.",
    ]);
  });

  test("the time that it is scheduled for, once", () => {
    const waits = { waitsFor: "scheduled", waitsUntil: at("07:00:00") } as const;
    const fields = { status: "Scheduled", attempts: [], scheduledAt: at("07:00:00"), ...waits };
    expect(whyNotBefore(call(fields), TIMES)).toEqual([
      "It was scheduled for 2026-11-24 07:00:00 UTC.",
    ]);
  });

  test("what it waits for now", () => {
    const waits = { waitsFor: "quiet-hours", waitsUntil: at("07:00:00") } as const;
    expect(whyNotBefore(call({ status: "Scheduled", attempts: [], ...waits }), TIMES)).toEqual([
      "It is the project's quiet hours at the callee's until 2026-11-24 07:00:00 UTC.",
    ]);
  });
});

test.each<[Partial<CallLogView>, RegExp]>([
  [{ status: "Completed" }, /^Nothing more happens: the call is over\.$/],
  [{ status: "Busy" }, /nobody is called again unless somebody asks for it/],
  [{ status: "Unknown" }, /a person has to decide/],
  [{ status: "Ringing", attempts: [attempt({ state: "ringing" })] }, /under way/],
  [
    {
      status: "Scheduled",
      attempts: [attempt({ number: 2, state: "planned" })],
      deadlineAt: at("04:00:00"),
    },
    /^Attempt 2 is dialled 2026-11-24 03:00:00 UTC .* After 2026-11-24 04:00:00 UTC it is not dialled/,
  ],
])("what comes next: %j", (fields, words) => {
  expect(nextSentence(call(fields), TIMES)).toMatch(words);
});
