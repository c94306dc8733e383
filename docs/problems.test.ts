import { expect, test } from "vitest";

import { PROBLEM_RULES, PROBLEM_RULE_NAMES, problemDocs } from "../packages/model/src/index.ts";
import { fences, tableRows, textOf } from "./markdown.ts";

const page = textOf("docs/reference/problems.md");

test("the page has every rule with its severity and times", () => {
  const rules = Object.entries(PROBLEM_RULES).map(
    ([name, { severity, afterSeconds, clearSeconds }]) => [
      name,
      severity,
      `${afterSeconds} s`,
      `${clearSeconds} s`,
    ],
  );
  expect(tableRows(page)).toEqual(rules);
});

test.each(PROBLEM_RULE_NAMES)("%s has the section that its problems link to", (name) => {
  const [file, heading] = problemDocs(name).split("#");
  expect(textOf(`docs/${file}`)).toContain(`\n## ${heading}\n`);
});

test("the example of the webhook has the words of its rule", () => {
  const [example] = fences(page, "json");
  const { data } = JSON.parse(example!) as { data: Record<string, unknown> };
  const { severity, title, remedy } = PROBLEM_RULES["call-stuck"];
  expect(data).toMatchObject({ rule: "call-stuck", severity, title, remedy });
});
