import { ALERT_SOURCE_KIND_NAMES, backToSourceChange } from "@call-log/model";
import { expect, test } from "vitest";

import { BACK_TITLES, backDraft, backInput, backKindsFor } from "./back-draft.ts";

const SAVED = [
  {
    kind: "alertmanager",
    url: "http://alertmanager.internal:9093",
    userName: "call-log",
    durationSeconds: 5400,
    matchLabels: ["alertname", "instance"],
  },
  { kind: "grafana", url: "https://grafana.example", durationSeconds: 90 },
  { kind: "pagerduty", url: "https://events.eu.pagerduty.com" },
  { kind: "oneuptime", url: "https://oneuptime.example", resource: "alert" },
  {
    kind: "template",
    url: "https://tickets.example/{{ fingerprint }}",
    method: "PUT",
    headers: { authorization: "Bearer {{ secret }}" },
    body: { by: "{{ by }}", list: [1, "{{ title }}"] },
  },
] as const;

test.each(SAVED)(
  "a form of saved settings of the kind $kind changes nothing by itself",
  (saved) => {
    const back = { ...backToSourceChange.parse(saved), hasSecret: true };
    const input = backInput(backDraft(back));
    expect(backToSourceChange.parse(input)).toEqual(backToSourceChange.parse(saved));
    expect(input).not.toHaveProperty("secret");
  },
);

test("a secret is sent only when it is typed", () => {
  const draft = backDraft({ ...backToSourceChange.parse(SAVED[1]), hasSecret: true });
  expect(backInput({ ...draft, secret: " glsa_x " })).toMatchObject({ secret: "glsa_x" });
});

test("without settings nothing is sent; a body that is no JSON throws", () => {
  const none = backDraft(null);
  expect(backInput(none)).toBeNull();
  expect(() => backInput({ ...none, kind: "template", body: "{" })).toThrow(SyntaxError);
});

test.each(ALERT_SOURCE_KIND_NAMES)("a source of the kind %s is offered every way once", (kind) => {
  const kinds = backKindsFor(kind);
  expect(kinds.toSorted()).toEqual(Object.keys(BACK_TITLES).toSorted());
  expect(kinds.slice(0, 2)).toEqual(["none", kind in BACK_TITLES ? kind : "template"]);
});
