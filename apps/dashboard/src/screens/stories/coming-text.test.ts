import { expect, test } from "vitest";

import { comingTitle, unclearText } from "./coming-text.ts";

test.each([
  [{ open: 2, unknown: 0 }, true, "It is acknowledged, and 2 calls of it still come.", ""],
  [
    { open: 2, unknown: 1 },
    true,
    "It is acknowledged, and 1 call of it still comes.",
    "Whether 1 call of it was placed is not known: that is decided, not canceled.",
  ],
  [
    { open: 2, unknown: 2 },
    false,
    "No call of it still comes.",
    "Whether 2 calls of it were placed is not known: that is decided, not canceled.",
  ],
])("%j, acknowledged: %s", (count, isAcknowledged, ...words) => {
  expect([comingTitle(count, isAcknowledged), unclearText(count)]).toEqual(words);
});
