import { expect, test } from "vitest";

import { issueText } from "../error/issue-text.ts";
import { fromNumberFor, newProject, projectSettings } from "./project.ts";

const fromNumbers = ["+442079460958", "+12015550123", "+4930123456", "+12125550199"];

test.each([
  { to: "+12015550199", from: "+12015550123", why: "the first of the callee's country" },
  { to: "+4989123456", from: "+4930123456", why: "the only one of the callee's country" },
  { to: "+33123456789", from: "+442079460958", why: "the default for a country without one" },
  { to: "+870773111632", from: "+442079460958", why: "the default where there is no country" },
])("a call to $to comes from $from: $why", ({ to, from }) => {
  expect(fromNumberFor({ fromNumbers }, to)).toBe(from);
});

test("a number without a country is no match for another one without", () => {
  const numbers = { fromNumbers: ["+442079460958", "+870773111633"] };
  expect(fromNumberFor(numbers, "+870773111632")).toBe("+442079460958");
});

test("a project without numbers has none", () => {
  expect(fromNumberFor({ fromNumbers: [] }, "+12015550199")).toBeUndefined();
});

test.each([projectSettings, newProject])(
  "an unknown setting is refused with those that there are",
  (schema) => {
    const { error } = schema.safeParse({ name: "Shop", nonsense: 1 });
    expect(issueText(error!, "settings")).toMatch(
      /^settings: there is no "nonsense"; allowed: .*name, fromNumbers, providerChain, .*quietHours/,
    );
  },
);

test.each([
  [{ quietHours: { from: "22:00", until: "07:00" } }, "from, to, timeZone"],
  [{ budget: { perWeekUSD: "1.00" } }, "perDayUSD, perMonthUSD, prepaidUSD, reserveUSD"],
])("an unknown name inside %j is refused with those that there are", (settings, allowed) => {
  const texts = projectSettings.safeParse(settings).error!.issues.map(({ message }) => message);
  expect(texts.some((text) => text.endsWith(`allowed: ${allowed}`))).toBe(true);
});
