import { ALERT_SOURCE_KIND_NAMES, EXAMPLE_JSON_MAPPING, newAlertSource } from "@call-log/model";
import { expect, test } from "vitest";

import { draftOf, inputOf, newDraft } from "./source-draft.ts";

const TO = "+15559998888";

test.each(ALERT_SOURCE_KIND_NAMES)(
  "a new form of the kind %s needs a name and a number",
  (kind) => {
    const missing = newAlertSource.safeParse(inputOf(newDraft(kind))).error?.issues;
    expect(missing?.map(({ path }) => path.join("."))).toEqual(["name", "rule.to"]);
    const filled = { ...newDraft(kind), name: "Prod", to: ` ${TO} ` };
    expect(newAlertSource.parse(inputOf(filled))).toEqual(
      newAlertSource.parse({
        name: "Prod",
        kind,
        rule: { to: TO },
        ...(kind === "json" && { mapping: EXAMPLE_JSON_MAPPING }),
      }),
    );
  },
);

const saved = newAlertSource.parse({
  name: "Jobs",
  kind: "json",
  rule: {
    to: TO,
    toByLabel: { label: "team", numbers: [{ is: "database", to: "+15559998887" }] },
    text: "{{ /name }} failed",
    groupText: "{{ count }} failed",
    each: "group",
    maxCalls: 3,
    cancelResolved: false,
    newCallAfterMinutes: 60,
    reachedWhen: "answered",
    acknowledgeDigit: "1",
    acknowledgePrompt: "Press 1.",
    acknowledgedText: "Thanks.",
    language: "de-DE",
    voice: "Polly.Vicki",
    fromNumber: "+15551112222",
    retry: {
      maxAttempts: 5,
      backoff: { type: "exponential", delaySeconds: 30, maxDelaySeconds: 900 },
      on: ["busy"],
    },
    onUnknown: "hold",
    priority: "emergency",
    timeZone: "Europe/Berlin",
    deadlineMinutes: 30,
    sensitive: true,
    timeLimitSeconds: 120,
    ringTimeoutSeconds: 25,
    tags: ["night", "db"],
  },
  mapping: { ...EXAMPLE_JSON_MAPPING, resolvedWhen: ["ok", "fine"], startsAt: "/since" },
});

test("a form of a saved source changes nothing by itself, also where it has no field", () => {
  const { mapping = null, ...source } = saved;
  expect(newAlertSource.parse(inputOf(draftOf({ ...source, mapping })))).toEqual(saved);
});

test("what is emptied in the form is absent", () => {
  const { mapping = null, ...source } = saved;
  const emptied = {
    ...draftOf({ ...source, mapping }),
    label: " ",
    numbers: [],
    language: "",
    voice: " ",
    fromNumber: "",
    timeZone: "",
    deadlineMinutes: "",
    isEmergency: false,
    tags: " , ",
    resolvedWhen: "",
  };
  const { rule, mapping: read } = newAlertSource.parse(inputOf(emptied));
  for (const name of ["toByLabel", "language", "voice", "fromNumber", "timeZone", "priority"])
    expect(rule).not.toHaveProperty(name);
  expect(rule).not.toHaveProperty("deadlineMinutes");
  expect(rule.tags).toEqual([]);
  expect(read?.resolvedWhen).toContain("recovered");
});

test("a label without numbers is refused at its field, and a number that is no number at its own", () => {
  const draft = { ...newDraft("zabbix"), name: "Z", to: TO, label: "team" };
  const placeOf = (input: unknown) =>
    newAlertSource.safeParse(input).error?.issues[0]?.path.join(".");
  expect(placeOf(inputOf(draft))).toBe("rule.toByLabel.numbers");
  const numbers = [{ id: 0, is: "web", to: "123" }];
  expect(placeOf(inputOf({ ...draft, numbers }))).toBe("rule.toByLabel.numbers.0.to");
});
