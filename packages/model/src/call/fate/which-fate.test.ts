import { expect, test } from "vitest";

import type { CallLogView } from "../../query/views/present-call-log.ts";
import { type AttemptView, callStory, type TimeWords } from "../call-sentence.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 19, minute)).toISOString();
const TIMES: TimeWords = {
  clock: (iso) => iso.slice(11, 16),
  day: (iso) => `<${iso.slice(11, 16)}>`,
  on: (iso) => `at ${iso.slice(11, 16)}`,
};

function attempt(number: number, fields: Partial<AttemptView>): AttemptView {
  const made = { claimedAt: at(number), endedAt: at(number + 9) };
  return {
    _id: `a-${number}`,
    number,
    state: "ended",
    dueAt: at(number),
    events: [],
    ...made,
    ...fields,
  };
}

const planned = { state: "planned", claimedAt: undefined, endedAt: undefined } as const;

const headline = (fields: Partial<CallLogView>) =>
  callStory({ _id: "a", toNumber: "+491711234567", user: null, ...fields }, TIMES).headline;

test.each<[string, Partial<CallLogView>, string]>([
  [
    "the time is when a key was pressed, not when the call ended",
    {
      status: "Completed",
      attempts: [attempt(1, { outcome: "reached", digits: "4", acknowledgedAt: at(2) })],
    },
    "+491711234567 was reached at 19:02: somebody pressed 4.",
  ],
  [
    "who pressed a key is reached while the call goes on",
    {
      status: "In Progress",
      acknowledgedAt: at(2),
      attempts: [attempt(1, { state: "in-progress", digits: "4", endedAt: undefined })],
    },
    "+491711234567 was reached at 19:02: somebody pressed 4.",
  ],
  [
    "an attempt that was taken back says nothing of the call",
    {
      status: "No Answer",
      attempts: [
        attempt(1, { outcome: "no-answer" }),
        attempt(2, { outcome: "canceled", claimedAt: undefined }),
      ],
    },
    "+491711234567 was not reached at 19:10: nobody answered.",
  ],
  [
    "a call waits until the time that is known, not until its attempt is due",
    {
      status: "Scheduled",
      waitsFor: "quiet-hours",
      waitsUntil: at(30),
      attempts: [attempt(1, planned)],
    },
    "+491711234567 will be called at 19:30: it is quiet hours there, so the call waits.",
  ],
  [
    "without such a time until its attempt is due",
    { status: "Scheduled", waitsFor: "scheduled", attempts: [attempt(1, planned)] },
    "+491711234567 will be called at 19:01: the call is scheduled for then.",
  ],
  [
    "without a name the callee is called by the address",
    {
      status: "Busy",
      user: { _id: "u", name: null, email: "anna@shop.example" },
      attempts: [attempt(1, { outcome: "busy" })],
    },
    "anna@shop.example was not reached at 19:10: the line was busy.",
  ],
  [
    "times within a reason are by the reader's clock",
    {
      status: "Failed",
      statusMessage: `Not dialled: the line is closed until ${at(40)}`,
      attempts: [attempt(1, { outcome: "canceled" })],
    },
    "+491711234567 was not called at 19:10: the line is closed until <19:40>.",
  ],
])("%s", (_rule, call, sentence) => expect(headline(call)).toBe(sentence));
