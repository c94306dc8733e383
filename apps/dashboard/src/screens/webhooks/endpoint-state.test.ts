import { expect, test } from "vitest";

import { endpointState, successText } from "./endpoint-state.ts";

const since = "2026-11-26T10:00:00.000Z";

test.each([
  [{ enabled: true }, "enabled"],
  [{ enabled: true, failingSince: since }, "failing"],
  [{ enabled: false, disabledBy: "person" }, "disabled"],
  [{ enabled: false, disabledBy: "failures", failingSince: since }, "disabled by failures"],
  [{ enabled: false, disabledBy: "gone" }, "disabled: gone"],
] as const)("%j is %s", (endpoint, state) => {
  expect(endpointState(endpoint)).toBe(state);
});

test.each([
  [{ delivered: 0, failed: 0, pending: 0 }, "Last day: no delivery has ended"],
  [{ delivered: 0, failed: 0, pending: 2 }, "Last day: no delivery has ended, 2 pending"],
  [{ delivered: 1, failed: 0, pending: 0 }, "Last day: 100 % of 1 delivery succeeded"],
  [
    { delivered: 1999, failed: 1, pending: 1 },
    "Last day: 99.9 % of 2,000 deliveries succeeded, 1 pending",
  ],
])("%j: %s", (counts, text) => {
  expect(successText(counts)).toBe(text);
});
