import { expect, test } from "vitest";

import { callbackLagOf, createLagMeter } from "./lag-meter.ts";

function meterAt(start: number) {
  const clock = { ms: start };
  const meter = createLagMeter(() => new Date(clock.ms));
  const note = (...seconds: number[]) => {
    for (const one of seconds) meter.note(new Date(clock.ms - one * 1000));
  };
  return { clock, meter, note };
}

test("half and most of the callbacks of all processes are within a bound", () => {
  const [a, b] = [meterAt(0), meterAt(0)];
  a.note(0.05, 0.05, 0.05, 0.2);
  b.note(0.05, 4, -30);
  expect(callbackLagOf([a.meter.read(), b.meter.read()])).toEqual({
    callbacks: 7,
    halfWithinSeconds: 0.1,
    mostWithinSeconds: 5,
  });
});

test("a delay that is longer than all bounds is null", () => {
  const { meter, note } = meterAt(0);
  note(3000);
  expect(callbackLagOf([meter.read()])).toEqual({
    callbacks: 1,
    halfWithinSeconds: null,
    mostWithinSeconds: null,
  });
  expect(callbackLagOf([])).toMatchObject({ callbacks: 0, halfWithinSeconds: null });
});

test("what was more than five minutes ago is forgotten", () => {
  const { clock, meter, note } = meterAt(0);
  note(1);
  clock.ms = 4 * 60_000;
  note(1);
  expect(callbackLagOf([meter.read()]).callbacks).toBe(2);
  clock.ms = 5 * 60_000;
  expect(callbackLagOf([meter.read()]).callbacks).toBe(1);
  clock.ms = 60 * 60_000;
  expect(callbackLagOf([meter.read()]).callbacks).toBe(0);
});
