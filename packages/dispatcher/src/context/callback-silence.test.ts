import { expect, test } from "vitest";

import { createCallbackSilence, silentProviders } from "./callback-silence.ts";

function silenceAt(start: string) {
  const clock = { at: new Date(start) };
  const silence = createCallbackSilence(() => clock.at);
  const pass = (seconds: number) => {
    clock.at = new Date(clock.at.getTime() + seconds * 1000);
  };
  return { clock, silence, pass };
}

const found = (...ones: ReturnType<typeof silenceAt>[]) =>
  silentProviders(
    ones.map(({ silence }) => silence.read()),
    ones[0]!.clock.at,
  );

test("an attempt counts once, whichever processes look at it and however often", () => {
  const [a, b] = [silenceAt("2026-11-26T10:00:00Z"), silenceAt("2026-11-26T10:00:00Z")];
  for (const { silence } of [a, b, a]) silence.miss("twilio", "1");
  b.silence.miss("twilio", "2");
  b.silence.miss("telnyx", "3");
  expect(found(a, b)).toEqual([
    { provider: "twilio", attempts: 2 },
    { provider: "telnyx", attempts: 1 },
  ]);
});

test("a callback that any process records ends the silence of its provider alone", () => {
  const [a, b] = [silenceAt("2026-11-26T10:00:00Z"), silenceAt("2026-11-26T10:00:01Z")];
  a.silence.miss("twilio", "1");
  a.silence.miss("telnyx", "2");
  b.silence.hear("twilio");
  expect(found(a, b)).toEqual([{ provider: "telnyx", attempts: 1 }]);
  a.pass(2);
  a.silence.miss("twilio", "3");
  expect(found(a, b)).toContainEqual({ provider: "twilio", attempts: 1 });
  a.silence.hear("twilio");
  expect(a.silence.read()["twilio"]?.silent).toEqual({});
});

test("ten attempts are remembered, for a day", () => {
  const one = silenceAt("2026-11-26T10:00:00Z");
  for (let attempt = 0; attempt < 20; attempt += 1) one.silence.miss("twilio", String(attempt));
  expect(found(one)).toEqual([{ provider: "twilio", attempts: 10 }]);
  one.pass(86_401);
  expect(found(one)).toEqual([]);
});
