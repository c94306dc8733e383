import { expect, test } from "vitest";

import { CALL_STATUSES, publicAttempt } from "../packages/model/src/index.ts";
import { fences, textOf } from "./markdown.ts";

const text = textOf("docs/reference/call-log-example.md");
const [example] = fences(text, "json").map(
  (json) => JSON.parse(json, asDate) as { status: string; attempts: object[] },
);

function asDate(key: string, value: unknown): unknown {
  return key === "at" ? new Date(value as string) : value;
}

test("the example's attempts are attempts, shortened", () => {
  const shortened = publicAttempt.partial();
  const errors = example!.attempts.map((attempt) => shortened.safeParse(attempt).error);
  expect(errors).toEqual(example!.attempts.map(() => undefined));
  expect(Object.keys(CALL_STATUSES)).toContain(example!.status);
});

test("the page explains every source of its events", () => {
  const sources = new Set([...text.matchAll(/"source": "(\w+)"/g)].map(([, source]) => source!));
  const [prose = ""] = text.split("```");
  expect([...sources].filter((source) => !prose.includes(`\`${source}\``))).toEqual([]);
});
