import type { CallRecord } from "@call-log/model";
import { anAttempt, callRecord } from "@call-log/testing";
import { expect, test } from "vitest";

import { eventFindingsOf } from "./event-verdict.ts";
import { countFindings, findingsOf, heldOf, type PlacedCall } from "./verdict.ts";

const ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

/** A call that was placed, has ended and is paid, as the log has it. */
function settled(change: Partial<CallRecord> = {}): CallRecord {
  const attempt = anAttempt(ID, {
    state: "ended",
    outcome: "reached",
    claimedAt: new Date(),
    providerCallId: "CA1",
  });
  return callRecord({
    _id: ID,
    idempotencyKey: "one",
    status: "Completed",
    attempts: [attempt],
    callCostInUSDCents: 1.3,
    ...change,
  });
}

const PLACED: PlacedCall = { attemptId: `${ID}-1`, providerCallId: "CA1", microUSD: 13_000 };

function findings(records: CallRecord[], ledger: PlacedCall[] = [PLACED]) {
  const found = findingsOf({ accepted: ["one"], records, ledger });
  return Object.entries(found).flatMap(([kind, ids]) => (ids.length > 0 ? [kind] : []));
}

test("nothing is found when log and ledger agree", () => {
  const found = findingsOf({ accepted: ["one"], records: [settled()], ledger: [PLACED] });
  expect(countFindings(found)).toBe(0);
});

test.each<[string, () => string[], string[]]>([
  [
    "a key that acknowledges, and nobody knows",
    () => findings([settled()], [{ ...PLACED, pressed: ["9", "4"] }]),
    ["unheard"],
  ],
  ["a request that is not in the log", () => findings([], []), ["lost"]],
  [
    "an attempt that the carrier placed twice",
    () => findings([settled()], [PLACED, { ...PLACED, providerCallId: "CA2", microUSD: 0 }]),
    ["dialledTwice", "unbound"],
  ],
  [
    "an attempt that was placed and nobody claimed",
    () => findings([settled({ attempts: [anAttempt(ID)] })]),
    ["dialledTwice", "unbound"],
  ],
  [
    "a call that the carrier never placed",
    () => findings([settled()], []),
    ["invented", "wrongCost"],
  ],
  ["a call that is still ringing", () => findings([settled({ status: "Ringing" })]), ["stuck"]],
  [
    "a price that is not the carrier's",
    () => findings([settled({ callCostInUSDCents: 2 })]),
    ["wrongCost"],
  ],
])("%s is found", (_name, found, expected) => {
  expect(found()).toEqual(expected);
});

test("an unknown call is held, rightly, only while the carrier has none for it", () => {
  const attempt = anAttempt(ID, { state: "unknown", claimedAt: new Date() });
  const unknown = settled({ status: "Unknown", attempts: [attempt], callCostInUSDCents: 0 });
  expect(findings([unknown], [])).toEqual([]);
  expect(heldOf({ accepted: ["one"], records: [unknown], ledger: [] })).toEqual([ID]);
  expect(findings([unknown])).toEqual(["unbound", "stuck", "wrongCost"]);
});

const step = (number: number, from: string | null, to: string) => {
  const type = "call.status-changed";
  return {
    id: `${ID}-e${number}`,
    callLogId: ID,
    type,
    from,
    to,
    body: `${number}`,
    isTaken: true,
    lagMs: 1,
  };
};
const ACCEPTED = step(1, null, "Queued");
const DIALLED = step(2, "Queued", "Dialing");
const ENDED = step(3, "Dialing", "Completed");

test.each([
  ["all of it, one repeated", [ACCEPTED, DIALLED, DIALLED, ENDED], []],
  ["nothing", [], ["eventsLost"]],
  ["all but the first", [DIALLED, ENDED], ["eventsLost"]],
  ["all but one between", [ACCEPTED, ENDED], ["eventsLost"]],
  ["all but the last", [ACCEPTED, DIALLED], ["eventsLost"]],
  ["two in the wrong order", [ACCEPTED, ENDED, DIALLED], ["eventsReordered"]],
  [
    "a repetition with another body",
    [ACCEPTED, DIALLED, { ...DIALLED, body: "x" }, ENDED],
    ["eventsAltered"],
  ],
])("of a receiver that got %s", (_name, received, kinds) => {
  const found = eventFindingsOf([settled({ eventCount: 3 })], received);
  const named = Object.entries(found).flatMap(([kind, ids]) => (ids.length > 0 ? [kind] : []));
  expect(named).toEqual(kinds);
});
