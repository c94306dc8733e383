import { expect, test } from "vitest";

import { issueText } from "../../error/issue-text.ts";
import { queryInput } from "./list-input.ts";
import { statsInput } from "./stats-input.ts";

test.each([
  [
    { by: ["colour"] },
    "by.0: must be one of: day, hour, status, country, provider, outcome, answeredBy, tag",
  ],
  [
    { by: "day" },
    "by: must be a list of: day, hour, status, country, provider, outcome, answeredBy, tag",
  ],
  [
    { timeZone: "Mars/Olympus" },
    'timeZone: must be a time zone by its IANA name, such as "Europe/Berlin"',
  ],
  [{ limit: 1 }, 'input: there is no "limit"; allowed: query, by, timeZone, inParts, cursor'],
])("%j is refused", (input, text) => {
  const { error } = statsInput.safeParse(input);
  expect(error && issueText(error)).toBe(text);
});

test("it has a default for everything, and names each dimension once", () => {
  const query = queryInput.parse(null);
  expect(statsInput.parse({})).toEqual({ query, by: [], timeZone: "UTC" });
  expect(statsInput.parse({ by: ["day", "day"] }).by).toEqual(["day"]);
});

test("a zone gets its official letter case", () => {
  expect(statsInput.parse({ timeZone: "europe/berlin" }).timeZone).toBe("Europe/Berlin");
});
