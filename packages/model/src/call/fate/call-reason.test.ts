import { expect, test } from "vitest";

import { calleeRefusal, numberTypeRefusal, NUMBER_TYPES } from "../../callee/callee-rules.ts";
import { CALL_OUTCOME_NAMES, CALL_OUTCOMES } from "../call-outcome.ts";
import { reasonOf } from "./call-reason.ts";

test.each([
  [
    "Waits: quiet hours from 22:00 to 07:00 in Europe/Berlin",
    { name: "quiet-hours", from: "22:00", to: "07:00", zone: "Europe/Berlin" },
  ],
  [
    "Waits: its number may be called once in 1 minute; next at 2026-11-25T19:34:08.000Z",
    { name: "callee-often" },
  ],
  [
    "Waits: the project is paused: looping alerts",
    { name: "project-paused", why: "looping alerts" },
  ],
  [
    "Waits: the project is paused by an operator: maintenance",
    { name: "operator-paused", why: "maintenance" },
  ],
  ["Waits: twilio-backup is paused", { name: "provider-paused", provider: "twilio-backup" }],
  ["Waits: for its turn", { name: "turn", provider: undefined }],
  ["Waits: for its turn at twilio", { name: "turn", provider: "twilio" }],
  [
    "Waits: twilio does not let the project call from this number: not verified",
    { name: "from-number", provider: "twilio" },
  ],
  [
    "Not dialled: 0.10 USD do not fit; 0.00 of today's limit, 0.05 USD, are spent or set aside, 1.00 of what was paid in, 1.00 USD, are spent or set aside",
    {
      name: "budget",
      needUSD: "0.10",
      limits: [
        { limit: "day", committedUSD: "0.00", capUSD: "0.05" },
        { limit: "prepaid", committedUSD: "1.00", capUSD: "1.00" },
      ],
    },
  ],
  [
    `Not dialled: ${calleeRefusal({ fromNumbers: ["+12125550100", "+15550100"] }, "+491711234567")}`,
    { name: "country", country: "DE", allowed: ["US", "+1"] },
  ],
  [
    `Not dialled: ${calleeRefusal({ fromNumbers: [], blockedPrefixes: ["+1900"] }, "+19001234567")}`,
    { name: "prefix", prefix: "+1900" },
  ],
  ["Not dialled: toNumber: is on the project's do-not-call list", { name: "do-not-call" }],
  ["Not dialled: the moon is full.", { name: "other", text: "the moon is full" }],
  ["zugestellt", { name: "other", text: "zugestellt" }],
])("%s", (statusMessage, reason) => {
  expect(reasonOf({ statusMessage })).toEqual(reason);
});

test.each(NUMBER_TYPES)("numbers of the type %s", (type) => {
  const allowed = { installation: [], project: [] };
  const statusMessage = `Not dialled: ${numberTypeRefusal(type, allowed)}`;
  expect(reasonOf({ statusMessage })).toEqual({ name: "number-type", type });
});

test.each(CALL_OUTCOME_NAMES)("the outcome %s", (outcome) => {
  const { wording } = CALL_OUTCOMES[outcome];
  const messages = [
    wording,
    `${wording}; after 3 attempts`,
    `${wording} on attempt 1; next attempt now`,
  ];
  for (const statusMessage of messages)
    expect(reasonOf({ statusMessage })).toEqual({ name: "outcome", outcome });
});

test.each([null, "", " . "])("%j is no reason", (statusMessage) => {
  expect(reasonOf({ statusMessage })).toBeUndefined();
});
