import { EVENT_STATUSES } from "@call-log/model";
import { describe, expect, test } from "vitest";

import type { AttemptView, CallLogView } from "../../../call/call-view.ts";
import { eventWords } from "./event-words.ts";
import { timelineOf, type TimelineSources } from "./timeline-of.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 19, 34, second)).toISOString();
const NOTHING: TimelineSources = { acts: [], deliveries: [], again: undefined };
const ADA = { kind: "person", id: "ada", name: "Ada Lovelace" } as const;

const PAUSED = [{ field: "paused", to: { reason: "loop" } }];
const QUIET = [{ field: "quietHours", to: { from: "22:00" } }];

type EventView = AttemptView["events"][number];

function event(fields: Partial<EventView>): EventView {
  return { at: at(0), source: "callback", status: "ringing", late: false, ...fields };
}

function attempt(number: number, fields: Partial<AttemptView>): AttemptView {
  return { _id: `a-${number}`, number, state: "ended", dueAt: at(0), events: [], ...fields };
}

function call(fields: Partial<CallLogView>): CallLogView {
  return { _id: "a", createdAt: at(0), toNumber: "+15550100100", ...fields };
}

test("every kind of event is a sentence without a code word", () => {
  for (const status of EVENT_STATUSES) {
    const one = event({ status });
    const text = eventWords({ event: one, attempt: attempt(1, {}), carrier: "Twilio" });
    expect(text, status).toMatch(/^[A-Z].*\.$/);
    expect(text, status).not.toMatch(/undefined|in-progress|answered-by|call-now|no-answer/);
  }
});

describe("a timeline", () => {
  test("goes across attempts in the order of time, with who did what and why", () => {
    const attempts = [
      attempt(1, {
        provider: "twilio-backup",
        outcome: "busy",
        sipResponseCode: 486,
        events: [
          event({ at: at(1), status: "submitting", source: "worker" }),
          event({ at: at(9), status: "busy" }),
        ],
      }),
      attempt(2, {
        provider: "twilio",
        digits: "4",
        acknowledgedAt: at(40),
        events: [
          event({ at: at(20), status: "call-now", source: "worker", by: ADA, reason: "fire" }),
          event({ at: at(40), status: "digits" }),
          event({ at: at(30), status: "ringing", late: true }),
        ],
      }),
    ];
    const entries = timelineOf(call({ attempts }), NOTHING);
    expect(
      entries.map(({ text, who, reason, isLate }) => [text, who, reason, isLate].filter(Boolean)),
    ).toEqual([
      ["The call was requested."],
      ["Attempt 1 went to Twilio."],
      ["The line was busy."],
      ["The call was dialled at once instead of waiting.", "Ada Lovelace", "fire"],
      ["The phone rang.", true],
      ["4 was pressed, which acknowledges the call."],
    ]);
    expect(entries[2]?.raw).toContainEqual(["SIP", "486, busy"]);
    expect(entries[5]?.payload).toEqual({ attempt: 2, event: 1 });
  });

  test("has acts of people once: from the call's own steps, else from the audit trail", () => {
    const events = [event({ at: at(5), status: "canceled", source: "worker", by: ADA })];
    const act = (fields: object) =>
      ({
        _id: "l",
        createdAt: at(5),
        result: "done",
        actor: ADA,
        changes: [],
        ...fields,
      }) as unknown as TimelineSources["acts"][number];
    const acts = [
      act({ act: "calls.cancel" }),
      act({ _id: "p", act: "project.pause", createdAt: at(2), changes: PAUSED }),
      act({ _id: "s", act: "project.update", createdAt: at(3), changes: QUIET }),
      act({ _id: "r", act: "calls.retry", createdAt: at(9), facts: { newCallLogId: "b" } }),
    ];
    const again = { _id: "b", status: "Completed", createdAt: at(9) };
    const attempts = [attempt(1, { outcome: "canceled", events })];
    const entries = timelineOf(call({ attempts }), { acts, deliveries: [], again });
    expect(entries[1]?.reason).toBe("loop");
    expect(entries.map(({ text, who, href }) => [text, who, href])).toEqual([
      ["The call was requested.", undefined, undefined],
      ["Project paused.", "Ada Lovelace", undefined],
      ["Settings changed: quiet hours.", "Ada Lovelace", undefined],
      ["The call was canceled.", "Ada Lovelace", undefined],
      ["The number was called again, as another call: Reached.", "Ada Lovelace", "/calls/b"],
    ]);
  });

  test("says who called again, on the call that is made again", () => {
    const acts = [
      { _id: "r", act: "calls.retry", createdAt: at(0), result: "done", actor: ADA, changes: [] },
    ].map((line) => ({ ...line, facts: { newCallLogId: "a" } }));
    const entries = timelineOf(call({ retryOf: "z", attempts: [] }), {
      ...NOTHING,
      acts: acts as unknown as TimelineSources["acts"],
    });
    expect(entries).toMatchObject([
      {
        text: "This call was requested, to call again.",
        who: "Ada Lovelace",
        href: "/calls/z",
      },
    ]);
  });

  test("tells webhooks and the source of the alert", () => {
    const delivery = (fields: object) =>
      ({
        _id: "d",
        kind: "webhook",
        type: "call.finished",
        state: "delivered",
        createdAt: at(50),
        tryCount: 2,
        tries: [{ at: at(51), milliseconds: 3, status: 200 }],
        ...fields,
      }) as unknown as TimelineSources["deliveries"][number];
    const failed = { _id: "e", kind: "source", state: "failed", createdAt: at(55) };
    const deliveries = [
      delivery({}),
      delivery({ ...failed, tries: [{ at: at(55), milliseconds: 3, error: "no answer" }] }),
    ];
    const entries = timelineOf(call({ attempts: [] }), { ...NOTHING, deliveries });
    expect(entries.slice(1).map(({ text }) => text)).toEqual([
      "A webhook was informed on try 2 (HTTP 200).",
      "The source of the alert could not be informed in 2 tries, the last: no answer.",
    ]);
  });

  test("has an act whose step is in no event, and says of one that it was refused", () => {
    const act = (fields: object) =>
      ({
        _id: "l",
        createdAt: at(5),
        result: "done",
        actor: ADA,
        changes: [],
        ...fields,
      }) as unknown as TimelineSources["acts"][number];
    const acts = [
      act({ act: "calls.cancel", createdAt: at(30) }),
      act({ _id: "r", act: "calls.call-now", result: "refused", createdAt: at(40) }),
    ];
    const events = [event({ at: at(5), status: "canceled", source: "worker", by: ADA })];
    const entries = timelineOf(call({ attempts: [attempt(1, { events })] }), { ...NOTHING, acts });
    expect(entries.slice(2).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^[^()]+\.$/),
      expect.stringMatching(/ \(refused\)\.$/),
    ]);
  });

  test("of a refusal has the provider's words, and the facts stand at the last event in time", () => {
    const events = [
      event({ at: at(1), status: "rejected", source: "api" }),
      event({ at: at(2), late: true }),
    ];
    const one = attempt(1, {
      provider: "twilio",
      outcome: "not-permitted",
      errorCode: "21215",
      errorMessage: "Geo permission",
      events,
    });
    const [, refused, late] = timelineOf(call({ attempts: [one] }), NOTHING);
    expect(refused?.text).toMatch(/Nothing was dialled\. The provider says: Geo permission/);
    expect(refused?.raw).toContainEqual(["error code", "21215"]);
    expect(late?.raw).not.toContainEqual(["error code", "21215"]);
  });

  test("of a webhook that is still sent says so, with the last answer", () => {
    const pending = {
      _id: "d",
      kind: "webhook",
      state: "pending",
      createdAt: at(50),
      tryCount: 1,
      tries: [{ at: at(51), milliseconds: 3, status: 503 }],
    } as unknown as TimelineSources["deliveries"][number];
    const first = { ...pending, _id: "e", tryCount: 0, tries: [] };
    const sources = { ...NOTHING, deliveries: [pending, first] };
    const entries = timelineOf(call({ attempts: [] }), sources);
    expect(entries.slice(1).map(({ text }) => text)).toEqual([
      "A webhook is being informed; 1 tries so far, the last: HTTP 503.",
      "A webhook is being informed.",
    ]);
  });
});

describe("of keys, those that counted are named", () => {
  const pressed = (second: number) => event({ at: at(second), status: "digits" });
  const said = (fields: Partial<AttemptView>) => {
    const one = attempt(1, { digits: "4", ...fields });
    return one.events.map((of) => eventWords({ event: of, attempt: one, carrier: "Twilio" }));
  };

  test("those that acknowledged, at their time", () => {
    expect(said({ acknowledgedAt: at(2), events: [pressed(1), pressed(2), pressed(3)] })).toEqual([
      "A key was pressed.",
      "4 was pressed, which acknowledges the call.",
      "A key was pressed.",
    ]);
  });

  test("else the last ones", () => {
    expect(said({ events: [pressed(1), pressed(2)] })).toEqual([
      "A key was pressed.",
      "4 was pressed.",
    ]);
  });
});

test("an attempt that was taken back was not ended", () => {
  const words = (fields: Partial<AttemptView>) =>
    eventWords({
      event: event({ status: "canceled", source: "worker" }),
      attempt: attempt(1, fields),
      carrier: "Twilio",
    });
  expect(words({})).toBe("The attempt was taken back before it was dialled.");
  expect(words({ claimedAt: at(1) })).toBe("The call was ended.");
});
