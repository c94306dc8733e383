import type { CallLogError } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { createFailedKeys, type FailedKeys } from "./failed-keys.ts";

const ADDRESS = "192.0.2.1";

function withClock(perMinute = 10) {
  const clock = { ms: Date.UTC(2026, 10, 29) };
  const failedKeys = createFailedKeys({ perMinute, now: () => new Date(clock.ms) });
  return { clock, failedKeys };
}

/** Asks as one request does; the seconds to wait where the key may not be looked up, else undefined. */
function ask(
  failedKeys: FailedKeys,
  key: string,
  options: { isValid?: boolean; from?: string } = {},
) {
  const { isValid = false, from = ADDRESS } = options;
  const guard = failedKeys.guardOf(from);
  try {
    guard.check(key);
  } catch (error) {
    return (error as CallLogError).retryAfterSeconds;
  }
  guard.note(key, isValid);
  return undefined;
}

function guess(failedKeys: FailedKeys, times: number, from = ADDRESS) {
  return Array.from({ length: times }, (_, index) => ask(failedKeys, `guess ${index}`, { from }));
}

describe("keys that fail", () => {
  test("are looked up ten times a minute, then refused for a minute", () => {
    const { clock, failedKeys } = withClock();
    expect(guess(failedKeys, 12)).toEqual([...Array.from({ length: 10 }), 60, 60]);
    clock.ms += 30_500;
    expect(guess(failedKeys, 1)).toEqual([30]);
    clock.ms += 29_500;
    expect(guess(failedKeys, 1)).toEqual([undefined]);
  });

  test("that are few and far between are never refused", () => {
    const { clock, failedKeys } = withClock();
    for (let minute = 0; minute < 20; minute += 1) {
      expect(guess(failedKeys, 9)).toEqual(Array.from({ length: 9 }));
      clock.ms += 60_000;
    }
  });

  test("are refused for longer each time, up to an hour, and forgiven after a quiet hour", () => {
    const { clock, failedKeys } = withClock();
    const waits = Array.from({ length: 8 }, () => {
      const wait = guess(failedKeys, 11).at(-1)!;
      clock.ms += wait * 1000;
      return wait;
    });
    expect(waits).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600]);
    clock.ms += 3_600_001;
    expect(guess(failedKeys, 11).at(-1)).toBe(60);
  });

  test("that are one and the same are refused alone: 10 a minute are looked up", () => {
    const { clock, failedKeys } = withClock();
    const expired = () => ask(failedKeys, "expired");
    expect(Array.from({ length: 12 }, expired)).toEqual([...Array.from({ length: 10 }), 60, 60]);
    expect(ask(failedKeys, "valid", { isValid: true })).toBeUndefined();
    clock.ms += 60_000;
    expect(expired()).toBeUndefined();
    for (let minute = 0; minute < 100; minute += 1) {
      Array.from({ length: 12 }, expired);
      expect(ask(failedKeys, `valid ${minute}`, { isValid: true })).toBeUndefined();
      clock.ms += 60_000;
    }
  });

  test("of another address are its own", () => {
    const { failedKeys } = withClock();
    guess(failedKeys, 11);
    expect(ask(failedKeys, "guess", { from: "192.0.2.2" })).toBeUndefined();
  });

  test("of one IPv6 network of 64 bits count together", () => {
    const { failedKeys } = withClock();
    for (let host = 1; host <= 10; host += 1)
      ask(failedKeys, "guess", { from: `2001:db8:1:2::${host.toString(16)}` });
    expect(ask(failedKeys, "guess", { from: "2001:db8:1:2:ffff::1" })).toBe(60);
    expect(ask(failedKeys, "guess", { from: "2001:db8:1:3::1" })).toBeUndefined();
  });

  test("of one request count once", () => {
    const { failedKeys } = withClock();
    const guard = failedKeys.guardOf(ADDRESS);
    for (let part = 0; part < 100; part += 1) guard.note("guess", false);
    expect(ask(failedKeys, "guess")).toBeUndefined();
  });

  test("are not counted without a limit", () => {
    const { failedKeys } = withClock(0);
    expect(guess(failedKeys, 100)).toEqual(Array.from({ length: 100 }));
  });
});

describe("at an address that is refused", () => {
  test("a key that has worked is still taken, wherever it worked", () => {
    const { failedKeys } = withClock();
    ask(failedKeys, "valid", { isValid: true, from: "192.0.2.2" });
    guess(failedKeys, 11);
    expect(ask(failedKeys, "valid", { isValid: true })).toBeUndefined();
  });

  test("a key that worked until it was revoked is refused", () => {
    const { failedKeys } = withClock();
    ask(failedKeys, "valid", { isValid: true });
    ask(failedKeys, "valid", { isValid: false });
    guess(failedKeys, 10);
    expect(ask(failedKeys, "valid")).toBe(60);
  });

  test("nobody learns whether a key is valid", () => {
    const { failedKeys } = withClock();
    guess(failedKeys, 10);
    expect(ask(failedKeys, "valid", { isValid: true })).toBe(60);
  });
});
