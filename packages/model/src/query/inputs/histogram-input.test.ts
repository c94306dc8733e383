import { expect, test } from "vitest";

import { issueText } from "../../error/issue-text.ts";
import { histogramInput } from "./histogram-input.ts";

const NOON = "2026-11-24T12:00:00Z";

test.each([
  [{ buckets: 121 }, "buckets: must be a whole number from 1 to 120"],
  [{ buckets: 0 }, "buckets: must be a whole number from 1 to 120"],
  [{ buckets: 1.5 }, "buckets: must be a whole number from 1 to 120"],
  [{ from: NOON, to: NOON }, "to: must be after from"],
  [
    { from: "today" },
    'from: must be a date and time with its zone, such as "2026-11-23T03:12:00Z"',
  ],
  [
    { size: "day" },
    'input: there is no "size"; allowed: query, from, to, buckets, timeZone, inParts, cursor',
  ],
])("%j is refused", (input, text) => {
  const { error } = histogramInput.safeParse(input);
  expect(error && issueText(error)).toBe(text);
});

test("it has a default for everything", () => {
  expect(histogramInput.parse({})).toMatchObject({ buckets: 60, timeZone: "UTC" });
});
