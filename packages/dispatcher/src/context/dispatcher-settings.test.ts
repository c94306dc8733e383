import { expect, test } from "vitest";

import { dispatcherSettings } from "./dispatcher-settings.ts";

test("has defaults for everything", () => {
  expect(dispatcherSettings.parse({})).toMatchObject({
    providerTimeoutSeconds: 10,
    claimDeadlineSeconds: 30,
    unknownWindowSeconds: 120,
    pricePollSeconds: [60, 600, 3600, 86_400],
    recordPollSeconds: [960, 3600, 86_400],
    sweepEverySeconds: 5,
    dispatchConcurrency: 50,
  });
});

test("takes fractions of seconds as text", () => {
  const env = { SWEEP_EVERY_SECONDS: "0.1", PRICE_POLL_SECONDS: "0.5,2" };
  expect(dispatcherSettings.parse(env)).toMatchObject({
    sweepEverySeconds: 0.1,
    pricePollSeconds: [0.5, 2],
  });
});

test.each([
  [{ SWEEP_EVERY_SECONDS: "0" }, "more than 0"],
  [{ SWEEP_EVERY_SECONDS: "soon" }, "number of seconds"],
  [{ DISPATCH_CONCURRENCY: "1.5" }, "whole number"],
  [{ PRICE_POLL_SECONDS: "60;600" }, "60,600"],
  [{ CLAIM_DEADLINE_SECONDS: "10" }, "more than PROVIDER_TIMEOUT_SECONDS"],
])("%j is refused", (env, words) => {
  expect(() => dispatcherSettings.parse(env)).toThrow(words);
});
