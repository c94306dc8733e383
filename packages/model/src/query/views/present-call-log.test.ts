import { expect, test } from "vitest";

import { PROPERTIES } from "../../call/call-log.ts";
import { selectInput } from "../inputs/list-input.ts";
import { presentCallLog, type FetchedCallLog } from "./present-call-log.ts";

const AT = new Date("2026-11-23T03:12:00.000Z");
const WIRE = "2026-11-23T03:12:00.000Z";

const record: FetchedCallLog = {
  _id: "a",
  createdAt: AT,
  projectId: "p",
  callData: { message: "x", at: WIRE, deep: { list: [1, null] } },
  incidentId: "i",
  incident: { _id: "i", title: "Down" },
  userId: "u",
  tags: [],
};

const present = (select: object, project?: { name: string }) =>
  presentCallLog(record, selectInput.parse(select), project);

test("_id is always there, and nothing that was not selected", () => {
  expect(present({})).toEqual({ _id: "a" });
  expect(present({ _id: false })).toEqual({ _id: "a" });
  expect(Object.keys(present({ createdAt: true, _id: true }))).toEqual(["_id", "createdAt"]);
});

test("dates have milliseconds, callData is untouched, a missing value is null", () => {
  expect(
    present({ createdAt: true, callData: true, statusMessage: true, tags: true, attempts: true }),
  ).toEqual({
    _id: "a",
    createdAt: WIRE,
    callData: record.callData,
    statusMessage: null,
    tags: [],
    attempts: null,
  });
});

test("every property of a call log without values is null", () => {
  const all = Object.fromEntries(Object.keys(PROPERTIES).map((name) => [name, true]));
  const nulls = Object.fromEntries(Object.keys(PROPERTIES).map((name) => [name, null]));
  expect(presentCallLog({ _id: "a" }, selectInput.parse(all))).toEqual({ ...nulls, _id: "a" });
});

test.each([
  [{ incident: true }, { incident: { _id: "i" } }],
  [{ incident: {} }, { incident: { _id: "i" } }],
  [
    { incident: { title: true, name: true } },
    { incident: { _id: "i", title: "Down", name: null } },
  ],
  [{ user: { email: true } }, { user: { _id: "u", email: null } }],
  [
    { user: true, userId: true },
    { user: { _id: "u" }, userId: "u" },
  ],
  [
    { team: true, teamId: true },
    { team: null, teamId: null },
  ],
  [{ project: true }, { project: { _id: "p" } }],
  [{ project: { name: true } }, { project: { _id: "p", name: "Shop" } }],
])("%j of a relation", (select, view) => {
  expect(present(select, { name: "Shop" })).toEqual({ _id: "a", ...view });
});

test("a snapshot without the id beside it is shown", () => {
  const lone: FetchedCallLog = { _id: "a", team: { _id: "t", name: "Night" } };
  const select = selectInput.parse({ team: { name: true } });
  expect(presentCallLog(lone, select)).toEqual({ _id: "a", team: { _id: "t", name: "Night" } });
});

test("attempts are shown by their schema alone, without our own digest", () => {
  const attempt = {
    _id: "a-1",
    number: 1,
    state: "ended" as const,
    dueAt: AT,
    requestDigest: "secret",
    callbackSecret: "secret",
    events: [{ at: AT, source: "api" as const, status: "queued" as const, late: false }],
  };
  const view = presentCallLog(
    { _id: "a", attempts: [attempt] },
    selectInput.parse({ attempts: true }),
  );
  expect(view.attempts).toEqual([
    {
      _id: "a-1",
      number: 1,
      state: "ended",
      dueAt: WIRE,
      events: [{ at: WIRE, source: "api", status: "queued", late: false }],
    },
  ]);
});

test("what a callback carried is not in the answer", () => {
  const event = { at: AT, source: "callback", status: "ringing", late: false } as const;
  const attempts = [
    {
      _id: "a-1",
      number: 1,
      state: "ringing" as const,
      dueAt: AT,
      events: [{ ...event, payload: { CallStatus: "ringing" } }],
    },
  ];
  const shown = presentCallLog({ ...record, attempts }, selectInput.parse({ attempts: true }));
  expect(shown.attempts?.[0]?.events).toEqual([{ ...event, at: WIRE }]);
});
