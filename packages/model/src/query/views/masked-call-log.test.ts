import fc from "fast-check";
import { expect, test } from "vitest";

import { publicAttempt } from "../../call/attempt.ts";
import { PROPERTIES } from "../../call/call-log.ts";
import { isShownMasked, maskedCallLog } from "./masked-call-log.ts";
import type { FetchedCallLog } from "./present-call-log.ts";

const at = new Date(0);
const NUMBER = "+15550100100";

test("numbers are masked, what callers wrote is hidden, and the rest stays", () => {
  const shown = { _id: "a", createdAt: at, status: "Busy", callCostInUSDCents: 1.3, userId: "u" };
  const attempt = {
    _id: "a-1",
    number: 1,
    state: "ended" as const,
    dueAt: at,
    outcome: "busy" as const,
  };
  const call: FetchedCallLog = {
    ...shown,
    toNumber: NUMBER,
    statusMessage: `The number ${NUMBER} is unverified (21219)`,
    callData: { message: "Grace, the database is down" },
    tags: [NUMBER, "grace"],
    idempotencyKey: "grace-1",
    user: { _id: "u", name: "Grace", email: "grace@example.org", number: NUMBER },
    attempts: [
      { ...attempt, fromNumber: "+15551112222", workerId: "host-1", digits: "4711", events: [] },
    ],
  };
  expect(maskedCallLog(call)).toEqual({
    ...shown,
    toNumber: "+1555•••••00",
    statusMessage: "The number +••••••••••• is unverified (21219)",
    callData: { masked: true },
    user: { _id: "u" },
    attempts: [{ ...attempt, fromNumber: "+1555•••••22", events: [] }],
  });
});

test("a value that no list names is hidden, whatever it is and wherever it stands", () => {
  const secret = "Grace Hopper";
  const path = fc.constantFrom(...Object.keys(PROPERTIES), "surprise");
  const inner = fc.constantFrom(...Object.keys(publicAttempt.shape), "surprise");
  fc.assert(
    fc.property(path, inner, (name, field) => {
      const call = {
        _id: "a",
        [name]: name === "attempts" ? [{ [field]: field === "events" ? [] : secret }] : secret,
      } as unknown as FetchedCallLog;
      const shownPath = name === "attempts" ? `attempts.${field}` : name;
      // Text of ours is shown without its numbers; a name that is no number stands in none of ours.
      const isText = ["statusMessage", "errorMessage", "lostAnswer"].some((one) =>
        shownPath.endsWith(one),
      );
      const isSeen = JSON.stringify(maskedCallLog(call)).includes(secret);
      const isEvents = shownPath === "attempts.events";
      expect(isSeen).toBe(!isEvents && (isText || isShownMasked(shownPath)));
    }),
  );
});

test.each([
  ["status", true],
  ["userId", true],
  ["attempts.0.outcome", true],
  ["attempts.events.status", true],
  ["attempts.number", true],
  ["toNumber", false],
  ["attempts.fromNumber", false],
  ["attempts.errorMessage", false],
  ["attempts.digits", false],
  ["statusMessage", false],
  ["callData.to", false],
  ["user.number", false],
  ["user.name", false],
  ["tags", false],
  ["idempotencyKey", false],
  ["plan.steps", false],
  ["__proto__", false],
])("a masked key may ask by %s: %s", (path, may) => {
  expect(isShownMasked(path)).toBe(may);
});

test("of who acted the kind alone is shown, and can be searched", () => {
  const by = { kind: "person" as const, id: "ada", name: "Ada", email: "ada@example.com" };
  const event = {
    at: new Date(0),
    source: "worker" as const,
    status: "canceled" as const,
    late: false,
  };
  const attempts = [
    {
      ...({} as NonNullable<FetchedCallLog["attempts"]>[number]),
      events: [{ ...event, by }, event],
    },
  ];
  const masked = maskedCallLog({ _id: "call", attempts } as FetchedCallLog);
  expect(masked.attempts?.[0]?.events).toEqual([{ ...event, by: { kind: "person" } }, event]);
  expect(isShownMasked("attempts.events.by.kind")).toBe(true);
  for (const path of [
    "attempts.events.by",
    "attempts.0.events.0.by.name",
    "attempts.events.by.email",
  ])
    expect(isShownMasked(path)).toBe(false);
});
