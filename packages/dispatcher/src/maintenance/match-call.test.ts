import type { CallSnapshot } from "@call-log/provider";
import { describe, expect, test } from "vitest";

import { secondsAfter } from "../rules/seconds.ts";
import { aCall, START } from "../testing/a-call.ts";
import { claimed } from "../testing/claimed-call.ts";
import { matchCall } from "./match-call.ts";

const attempt = claimed(aCall(), { now: START }).attempts[0]!;
const LATER = secondsAfter(START, 60);

const call = (id: string, createdSeconds: number, label?: string): CallSnapshot => ({
  providerCallId: id,
  toNumber: "+15559998888",
  fromNumber: "+15551112222",
  createdAt: secondsAfter(START, createdSeconds),
  status: "ringing",
  ...(label !== undefined && { attemptId: label }),
});

const match = (snapshots: CallSnapshot[], owned: string[] = [], now = LATER) =>
  matchCall(attempt, snapshots, {
    now,
    owned: new Set(owned),
    unmatchedClaimTimes: [],
    windowSeconds: 120,
    settledAfterSeconds: 30,
  });

describe("matchCall", () => {
  test("a label decides at once", () => {
    const mine = call("CA1", 1, attempt._id);
    expect(match([call("CA2", 1), mine], [], START)).toEqual({ kind: "found", snapshot: mine });
  });

  test("a single call that nobody owns is the one", () => {
    const only = call("CA1", -5);
    expect(match([call("CA2", 1), only], ["CA2"])).toEqual({ kind: "found", snapshot: only });
  });

  test.each([
    ["owned by another attempt", call("CA1", 1), ["CA1"]],
    ["labelled for another attempt", call("CA1", 1, "other-1"), []],
    ["made before the claim", call("CA1", -5.001), []],
    ["made long after the claim", call("CA1", 120.001), []],
  ])("a call that is %s is not", (_name, snapshot, owned) => {
    expect(match([snapshot], owned, secondsAfter(START, 500))).toEqual({ kind: "none" });
  });

  test("of several, a person has to choose", () => {
    expect(match([call("CA1", 1), call("CA2", 2)])).toEqual({ kind: "several" });
  });

  test.each([
    ["about then", 3, "several"],
    ["long before", -300, "found"],
    ["long after", 300, "found"],
  ])("a call that another attempt claimed %s may have made", (_when, seconds, kind) => {
    const situation = {
      now: LATER,
      owned: new Set<string>(),
      unmatchedClaimTimes: [secondsAfter(START, seconds)],
      windowSeconds: 120,
      settledAfterSeconds: 30,
    };
    expect(matchCall(attempt, [call("CA1", 1)], situation).kind).toBe(kind);
  });

  test("a call so young that its own worker may still record it is left alone", () => {
    expect(match([call("CA1", 40)])).toEqual({ kind: "unsettled" });
    expect(match([call("CA1", 30)]).kind).toBe("found");
  });
});
