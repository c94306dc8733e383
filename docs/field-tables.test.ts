import { describe, expect, test } from "vitest";

import {
  callRequest,
  projectSettings,
  RELATION_NAMES,
  relationSnapshot,
} from "../packages/model/src/index.ts";
import { type FieldRow, fieldRows } from "./field-rows.ts";
import { fences, section, tableRows, textOf } from "./markdown.ts";

/** The rows of a page under a heading. */
function rowsOf(page: string, heading: string): string[][] {
  return tableRows(section(textOf(page), heading));
}

const isOfRelation = ([name]: FieldRow) =>
  RELATION_NAMES.some((relation) => name === relation || name === `${relation}Id`);
const isInSnapshot = ([name]: FieldRow) =>
  RELATION_NAMES.some((relation) => name.startsWith(`${relation}.`));

describe("docs/reference/call-request.md", () => {
  const page = "docs/reference/call-request.md";
  const rows = fieldRows(callRequest);

  test("has every field with its type, default, limits, meaning and example", () => {
    const own = rows.filter((row) => !isOfRelation(row) && !isInSnapshot(row));
    expect(rowsOf(page, "Fields")).toEqual(own);
  });

  test("has every related resource", () => {
    expect(rowsOf(page, "Related resources")).toEqual(rows.filter(isOfRelation));
  });

  test("has every field of a snapshot", () => {
    expect(rowsOf(page, "Snapshot")).toEqual(fieldRows(relationSnapshot));
  });

  test("has a meaning for every field", () => {
    expect(rows.filter((row) => row[4] === "no description")).toEqual([]);
  });

  test.each(fences(textOf(page), "json"))("its example %s is taken", (example) => {
    expect(callRequest.safeParse(JSON.parse(example)).error).toBeUndefined();
  });
});

describe("docs/reference/project-settings.md", () => {
  const page = "docs/reference/project-settings.md";
  const rows = fieldRows(projectSettings);

  test("has every setting with its type, default, limits, meaning and example", () => {
    expect(rowsOf(page, "Settings")).toEqual(rows);
    expect(rows.filter((row) => row[4] === "no description")).toEqual([]);
  });

  test.each(fences(textOf(page), "json"))("its example %s is taken", (example) => {
    expect(projectSettings.safeParse(JSON.parse(example)).error).toBeUndefined();
  });

  test("its examples of settings are taken", () => {
    const examples = rows.filter(
      ([name, , , , , example]) => !/[.[]/.test(name) && example !== "–",
    );
    const settings = examples.map(([name, , , , , example]) => [name, JSON.parse(example)]);
    expect(projectSettings.safeParse(Object.fromEntries(settings)).error).toBeUndefined();
  });
});
