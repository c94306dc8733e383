import { expect, test } from "vitest";

import { headingOf } from "../apps/cli/src/import/csv-heading.ts";
import { ENCODINGS } from "../apps/cli/src/import/encoding.ts";
import { attempt, attemptEvent, PROPERTIES, publicAttempt } from "../packages/model/src/index.ts";
import { callRecord } from "../packages/testing/src/index.ts";
import { codeSpans, section, tableRows, textOf } from "./markdown.ts";

const text = textOf("docs/reference/files.md");
const leftOut = tableRows(section(text, "What does not come back")).flatMap(
  ([names = ""]) => names.match(/[\w.]+/g) ?? [],
);

test("what an export leaves out is named: every field of a record that is no property", () => {
  const steering = Object.keys(callRecord()).filter((name) => !Object.hasOwn(PROPERTIES, name));
  const ofAttempts = Object.keys(attempt.shape)
    .filter((name) => !Object.hasOwn(publicAttempt.shape, name))
    .map((name) => `attempts.${name}`);
  const ofEvents = Object.keys(attemptEvent.shape)
    .filter((name) => !Object.hasOwn(publicAttempt.shape.events.element.shape, name))
    .map((name) => `attempts.events.${name}`);
  const missing = [...steering, ...ofAttempts, ...ofEvents].filter(
    (name) => !leftOut.includes(name),
  );
  expect(missing).toEqual([]);
  expect(ofEvents).toEqual(["attempts.events.payload"]);
});

test("the columns that a CSV file needs, and its encodings, are those of the import", () => {
  const needed = /needs the columns (.*)\. Other/.exec(text)![1]!;
  expect(() => headingOf(codeSpans(needed))).not.toThrow();
  for (const name of codeSpans(needed))
    expect(() => headingOf(codeSpans(needed).filter((other) => other !== name))).toThrow(name);
  for (const encoding of ENCODINGS)
    expect(text.toLowerCase()).toContain(encoding.replace(/(le|be)$/, ""));
});
