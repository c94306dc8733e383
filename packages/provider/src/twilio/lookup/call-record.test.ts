import { expect, test } from "vitest";

import { recordedEvents } from "./call-record.ts";

const ATTEMPT = "376d7300-28fe-11f1-b591-3fdcef396aba-1";
const HOOKS = `https://calls.shop.example/hooks/twilio/${ATTEMPT}/secret`;
const call = {
  attemptId: ATTEMPT,
  provider: "twilio",
  endedAt: new Date("2026-11-23T03:13:00.500Z"),
};

const creation = {
  request: {
    method: "POST",
    url: "https://api.twilio.com/2010-04-01/Accounts/AC1/Calls.json",
    parameters: { status_callback: `${HOOKS}/status` },
  },
  response: { response_code: 201, date_created: "Mon, 23 Nov 2026 03:12:00 +0000" },
};
const said = (path: string, parameters: object, date?: string) => ({
  request: {
    method: "POST",
    url: `${HOOKS}/${path}`,
    parameters: { call_sid: "CA1", ...parameters },
  },
  response: date === undefined ? null : { date_created: date },
});
const ended = said("status", {
  call_status: "completed",
  sequence_number: "3",
  call_duration: 40,
  sip_response_code: "200",
  timestamp: "Mon, 23 Nov 2026 03:12:59 +0000",
});

test("requests that nobody took are read: digits at their time, the end with its SIP code", () => {
  const pressed = said("gather?step=1", { digits: "4" }, "Mon, 23 Nov 2026 03:12:30 +0000");
  const origin = {
    attemptId: ATTEMPT,
    provider: "twilio",
    providerCallId: "CA1",
    source: "record",
  };
  expect(recordedEvents([creation, pressed, ended], call)).toEqual([
    { ...origin, status: "digits", digits: "4", step: 1, at: "2026-11-23T03:12:30.000Z" },
    {
      ...origin,
      status: "completed",
      sequence: 3,
      durationSeconds: 40,
      sipResponseCode: 200,
      at: "2026-11-23T03:12:59.000Z",
    },
  ]);
});

test.each([
  ["no answer", undefined],
  ["a date that can't be read", "yesterday"],
  ["a date after the next request", "Mon, 23 Nov 2026 03:20:00 +0000"],
])("digits with %s were pressed before what came next", (_what, date) => {
  const pressed = said("gather?step=1", { digits: "4" }, date);
  const [event] = recordedEvents([creation, pressed, ended], call);
  expect(event).toMatchObject({ digits: "4", at: "2026-11-23T03:12:59.000Z" });
});

test("what is of another attempt, or nothing of ours, is left out", () => {
  const entries = [
    { request: null },
    { request: { url: 7 }, response: {} },
    { request: { url: `${HOOKS}/gather`, parameters: { digits: { deep: 1 } } } },
    { request: { url: "https://elsewhere.example/x", parameters: { call_sid: "CA1" } } },
    said("gather", { digits: "" }),
  ];
  expect(recordedEvents(entries, call)).toEqual([]);
  expect(recordedEvents([ended], { ...call, attemptId: ATTEMPT.replace(/-1$/, "-2") })).toEqual([]);
});
