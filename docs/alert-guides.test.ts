import { existsSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import {
  ALERT_SOURCE_KIND_NAMES,
  ALERT_SOURCE_KINDS,
  EXAMPLE_BODIES,
  EXAMPLE_JSON_MAPPING,
} from "../packages/model/src/index.ts";
import { root, textOf } from "./markdown.ts";

test.each(ALERT_SOURCE_KIND_NAMES)("the guide of %s exists", (kind) => {
  expect(existsSync(path.join(root, ALERT_SOURCE_KINDS[kind].guide))).toBe(true);
});

/** Every JSON object in single quotes of a page's commands. */
function postedIn(page: string): unknown[] {
  return [...textOf(page).matchAll(/'(\{[^']*\})'/g)].flatMap(([, text = ""]) => {
    try {
      return [JSON.parse(text) as unknown];
    } catch {
      // Placeholders of a template engine in single quotes are no body.
      return [];
    }
  });
}

test.each(["pagerduty", "oneuptime", "zabbix"] as const)(
  "the guide of %s posts what the dashboard's dry run begins with",
  (kind) => {
    expect(postedIn(ALERT_SOURCE_KINDS[kind].guide)).toContainEqual(EXAMPLE_BODIES[kind]);
  },
);

test("the guide of any JSON has the mapping and the body of the dry run", () => {
  const posted = postedIn(ALERT_SOURCE_KINDS.json.guide);
  expect(posted).toContainEqual(EXAMPLE_JSON_MAPPING);
  expect(posted).toContainEqual(EXAMPLE_BODIES.json);
});

test.each([
  ["alertmanager", "notification.json"],
  ["grafana", "grafana-notification.json"],
] as const)("the guide of %s posts examples/alertmanager/%s, as the dry run does", (kind, file) => {
  const name = `examples/alertmanager/${file}`;
  expect(textOf(ALERT_SOURCE_KINDS[kind].guide)).toContain(`@${name}`);
  expect(JSON.parse(textOf(name))).toEqual(EXAMPLE_BODIES[kind]);
});
