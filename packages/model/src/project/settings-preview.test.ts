import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { affectedBySettings, type PastCall, type PreviewedSettings } from "./settings-preview.ts";

const NONE = { allowedNumberTypes: [] };
const BASE = { fromNumbers: [], allowedCountries: ["*"] };
let made = 0;
const call = (at: string, more: Partial<PastCall> = {}): PastCall => ({
  _id: `call-${(made += 1)}`,
  toNumber: "+4930123456",
  calledAt: new Date(at),
  isEmergency: false,
  costInUSDCents: 10,
  ...more,
});
const counts = (settings: Partial<PreviewedSettings>, calls: PastCall[]) =>
  Object.fromEntries(
    Object.entries(affectedBySettings({ ...BASE, ...settings }, calls, NONE)).map(
      ([rule, { count }]) => [rule, count],
    ),
  );

test("settings without rules affect no call", () => {
  fc.assert(
    fc.property(fc.array(fc.date({ noInvalidDate: true })), (dates) => {
      const calls = dates.map((date) => call("2026-11-25T00:00Z", { calledAt: date }));
      const none = { quietHours: 0, calleeLimits: 0, allowedNumbers: 0, budget: 0 };
      expect(counts({}, calls)).toEqual(none);
    }),
  );
});

describe("quiet hours", () => {
  const quietHours = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" };

  test("hold calls by the callee's clock, but no emergency", () => {
    const affected = affectedBySettings(
      { ...BASE, quietHours },
      [
        call("2026-11-25T22:30:00Z", { _id: "night" }),
        call("2026-11-25T22:30:00Z", { timeZone: "America/New_York" }),
        call("2026-11-25T23:00:00Z", { isEmergency: true }),
        call("2026-11-25T21:00:00Z", { _id: "evening" }),
        call("2026-11-25T20:59:59Z"),
      ],
      NONE,
    );
    expect(affected.quietHours).toEqual({
      count: 2,
      callLogIds: ["evening", "night"],
      firstAt: "2026-11-25T21:00:00.000Z",
      lastAt: "2026-11-25T22:30:00.000Z",
    });
  });
});

describe("limits of one number", () => {
  const calleeLimits = [{ calls: 1, seconds: 60 }];
  const at = (second: number, more: Partial<PastCall> = {}) =>
    call(`2026-11-25T12:00:${String(second).padStart(2, "0")}Z`, more);

  test("hold what comes too early; what is held does not count", () => {
    const calls = [at(0), at(20), at(40), at(40, { toNumber: "+4930999" })];
    expect(counts({ calleeLimits }, calls)).toMatchObject({ calleeLimits: 2 });
  });

  test("let an emergency through twice as often", () => {
    expect(counts({ calleeLimits }, [at(0), at(1, { isEmergency: true })])).toMatchObject({
      calleeLimits: 0,
    });
  });
});

test("countries, prefixes and costly types refuse", () => {
  const calls = [
    call("2026-11-25T12:00Z"),
    call("2026-11-25T12:00Z", { toNumber: "+12125550100" }),
    call("2026-11-25T12:00Z", { toNumber: "+499001234567" }),
  ];
  expect(counts({ allowedCountries: ["DE"] }, calls)).toMatchObject({ allowedNumbers: 2 });
  expect(counts({ blockedPrefixes: ["+4930"] }, calls)).toMatchObject({ allowedNumbers: 2 });
});

test("a budget refuses what does not fit its day or its month of UTC", () => {
  const calls = ["01T10:00", "01T11:00", "01T12:00", "02T10:00", "03T10:00"].map((time) =>
    call(`2026-11-${time}:00Z`),
  );
  const budget = (caps: object) => ({ reserveUSD: "0.10", ...caps });
  expect(counts({ budget: budget({ perDayUSD: "0.20" }) }, calls)).toMatchObject({ budget: 1 });
  expect(counts({ budget: budget({ perMonthUSD: "0.30" }) }, calls)).toMatchObject({ budget: 2 });
});
