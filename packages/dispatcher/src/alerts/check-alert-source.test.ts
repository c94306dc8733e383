import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { useStoreContext } from "../testing/store-context.ts";
import { checkAlertSource } from "./check-alert-source.ts";
import { aSource } from "./testing/a-source.ts";

const newContext = useStoreContext(freshDatabase);

const [TO, OTHER, BLOCKED] = ["+15559998888", "+15559998886", "+15559998887"];
const BY_LABEL = {
  label: "team",
  numbers: [
    { is: "web", to: OTHER },
    { is: "database", to: BLOCKED },
  ],
};

test("a rule by which the project could call is taken, and nothing is called", async () => {
  const context = newContext();
  await checkAlertSource(context, aSource({ rule: { to: TO, toByLabel: BY_LABEL } }));
  expect(await context.calls.findDue(new Date("2126-01-01"), 10)).toEqual([]);
});

test.each([
  ["rule.to", { to: BLOCKED }, /^rule\.to: is on the project's do-not-call list/],
  [
    "the number of a label",
    { to: TO, toByLabel: BY_LABEL },
    /^rule\.toByLabel\.numbers\.1\.to: is on the project's do-not-call list/,
  ],
  ["rule.fromNumber", { to: TO, fromNumber: "+15550009999" }, /^rule\.fromNumber: /],
])("what can't be called is refused at %s", async (_field, rule, message) => {
  const context = newContext({ blocked: [BLOCKED] });
  await expect(checkAlertSource(context, aSource({ rule }))).rejects.toThrow(message);
});
