import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";

import { PROPERTIES } from "../../call/call-log.ts";
import { issueText } from "../../error/issue-text.ts";
import type { QueryInput } from "../conditions/query-type.ts";
import { countInput, itemInput, listInput, selectInput, sortInput } from "./list-input.ts";
import { pageParameters } from "./page.ts";

function refusal(schema: z.ZodType, input: unknown, root?: string): string | undefined {
  const parsed = schema.safeParse(input);
  return parsed.success ? undefined : issueText(parsed.error, root);
}

describe("select", () => {
  test.each([undefined, null, {}])("%j selects _id only", (select) => {
    expect(selectInput.parse(select)).toEqual({ properties: [], relations: {} });
  });

  test("every property can be selected", () => {
    const all = Object.fromEntries(Object.keys(PROPERTIES).map((name) => [name, true]));
    const { properties, relations } = selectInput.parse(all);
    expect([...properties, ...Object.keys(relations)].sort()).toEqual(Object.keys(all).sort());
  });

  test.each([
    [
      { status: true, toNumber: false },
      { properties: ["status"], relations: {} },
    ],
    [{ incident: true }, { properties: [], relations: { incident: [] } }],
    [{ incident: {} }, { properties: [], relations: { incident: [] } }],
    [{ incident: false }, { properties: [], relations: {} }],
    [
      { incident: { _id: true, title: true, name: false } },
      { properties: [], relations: { incident: ["title"] } },
    ],
    [{ project: { name: true } }, { properties: [], relations: { project: ["name"] } }],
  ])("%j is understood", (select, selection) => {
    expect(selectInput.parse(select)).toEqual(selection);
  });

  test.each([
    [[], /^select: must be an object/],
    ["status", /^select: must be an object/],
    [true, /^select: must be an object/],
    [{ colour: true }, /^select\.colour: there is no property "colour"; allowed: _id, /],
    [{ plan: true }, /^select\.plan: /],
    [{ requestDigest: true }, /^select\.requestDigest: /],
    [{ status: 1 }, /^select\.status: must be true or false/],
    [{ status: "yes" }, /must be true or false/],
    [{ status: null }, /must be true or false/],
    [{ status: { a: true } }, /must be true or false/],
    [{ callData: { message: true } }, /must be true or false/],
    [{ "callData.message": true }, /there is no property/],
    [{ "incident.title": true }, /there is no property/],
    [{ $where: true }, /there is no property/],
    [JSON.parse('{"__proto__": true}'), /there is no property/],
    [{ constructor: true }, /there is no property/],
    [
      { incident: { colour: true } },
      /^select\.incident\.colour: must be one of: _id, name, title, email, number/,
    ],
    [{ incident: { title: { text: true } } }, /^select\.incident\.title: must be true or false/],
    [{ incident: [] }, /^select\.incident: must be true, false or an object/],
    [{ incident: null }, /^select\.incident: must be true/],
  ])("%j is refused", (select, text) => {
    expect(refusal(selectInput, select, "select")).toMatch(text);
  });
});

describe("sort", () => {
  const newestFirst = [
    { path: "createdAt", direction: -1 },
    { path: "_id", direction: -1 },
  ];

  test.each([undefined, null, {}])("%j is newest first", (sort) => {
    expect(sortInput.parse(sort)).toEqual(newestFirst);
  });

  test.each([1, "ASC", "asc", "Asc"])("%j is ascending", (direction) => {
    expect(sortInput.parse({ status: direction })).toEqual([
      { path: "status", direction: 1 },
      { path: "_id", direction: 1 },
    ]);
  });

  test.each([-1, "DESC", "desc"])("%j is descending", (direction) => {
    expect(sortInput.parse({ status: direction })[0]?.direction).toBe(-1);
  });

  test("the tie-breaker goes the way of the last key", () => {
    expect(sortInput.parse({ status: -1, toNumber: 1 }).at(-1)).toEqual({
      path: "_id",
      direction: 1,
    });
  });

  test("relations sort by id, attempts by their number, and nothing sorts after _id", () => {
    expect(
      sortInput.parse({ incident: 1, incidentId: -1, attempts: 1 }).map(({ path }) => path),
    ).toEqual(["incidentId", "attemptCount", "_id"]);
    expect(sortInput.parse({ _id: 1, status: 1 })).toEqual([{ path: "_id", direction: 1 }]);
  });

  test("every property but callData sorts", () => {
    for (const name of Object.keys(PROPERTIES))
      expect(sortInput.safeParse({ [name]: 1 }).success).toBe(name !== "callData");
  });

  test.each([
    [[], /^sort: must be an object/],
    ["createdAt", /^sort: must be an object/],
    [{ callData: 1 }, /^sort\.callData: .*any property but callData/],
    [{ colour: 1 }, /^sort\.colour: /],
    [{ wakeAt: 1 }, /^sort\.wakeAt: /],
    [{ "attempts.number": 1 }, /can't be sorted/],
    [{ $natural: 1 }, /can't be sorted/],
    [{ status: 0 }, /must be 1, -1, "ASC" or "DESC"/],
    [{ status: "1" }, /must be 1, -1/],
    [{ status: "up" }, /must be 1, -1/],
    [{ status: true }, /must be 1, -1/],
    [{ status: null }, /must be 1, -1/],
    [{ status: { $meta: "x" } }, /must be 1, -1/],
    [{ status: 1, toNumber: 1, fromNumber: 1, provider: 1 }, /^sort: must have at most 3/],
  ])("%j is refused", (sort, text) => {
    expect(refusal(sortInput, sort, "sort")).toMatch(text);
  });
});

describe("page", () => {
  test("a list has a page of ten by default", () => {
    expect(listInput.parse({})).toMatchObject({ skip: 0, limit: 10 });
  });

  test.each([
    [{ limit: 1 }, { limit: 1 }],
    [{ limit: 100 }, { limit: 100 }],
    [{ skip: 0 }, { skip: 0 }],
    [{ skip: 1_000_000 }, { skip: 1_000_000 }],
  ])("%j is taken", (page, parsed) => {
    expect(listInput.parse(page)).toMatchObject(parsed);
  });

  test.each([0, -1, 101, 2.7, "10", "ten", null, true, [10], { $gt: 1 }])(
    "limit %j is refused",
    (limit) => {
      expect(refusal(listInput, { limit }, "list")).toBe(
        "list.limit: must be a whole number from 1 to 100",
      );
    },
  );

  test.each([-1, 1_000_001, 0.5, "0", null, [0], {}])("skip %j is refused", (skip) => {
    expect(refusal(listInput, { skip }, "list")).toBe(
      "list.skip: must be a whole number from 0 to 1000000",
    );
  });

  test("an address gives digits", () => {
    expect(pageParameters.parse({ skip: "20", limit: "100" })).toEqual({ skip: 20, limit: 100 });
    expect(pageParameters.parse({})).toEqual({});
  });

  test.each([
    "",
    " 10",
    "10 ",
    "+1",
    "-1",
    "01",
    "0",
    "101",
    "2.7",
    "1e2",
    "0x10",
    "١",
    "ten",
    ["1", "2"],
    { $gt: "1" },
  ])("?limit=%j is refused", (limit) => {
    expect(refusal(pageParameters, { limit }, "url")).toBe(
      "url.limit: must be a whole number from 1 to 100",
    );
  });
});

describe("inputs of the operations", () => {
  test("a misspelled key is refused, so that it does not list everything", () => {
    expect(refusal(listInput, { querry: { status: "x" } })).toMatch(/querry/);
  });

  test("a problem is named with its place", () => {
    expect(refusal(listInput, { query: { status: 1 } })).toMatch(
      /^(request\.)?query\.status: must be text/,
    );
  });

  test("a cursor and skip exclude each other", () => {
    expect(refusal(listInput, { cursor: "x", skip: 1 })).toMatch(/skip: must be 0/);
    expect(refusal(listInput, { cursor: "x", skip: 0 })).toBeUndefined();
    expect(refusal(listInput, { cursor: 1 })).toMatch(/cursor: must be the nextCursor/);
  });

  test("a count ignores what only a list needs", () => {
    const ignored = { select: 1, sort: "x", skip: -1, limit: "many", cursor: {} };
    expect(countInput.parse({ ...ignored, query: null })).toEqual(countInput.parse({}));
    expect(refusal(countInput, { query: [] })).toMatch(/query: must be an object/);
  });

  test("an item has an id, kept in lower case", () => {
    expect(itemInput.parse({ id: "5F8B9C0DE1A24B3C8D5E6F7A" }).id).toBe("5f8b9c0de1a24b3c8d5e6f7a");
    expect(refusal(itemInput, { id: "x" })).toMatch(/id: must be a UUID or 24/);
  });

  test("any JSON is taken or refused, and never anything else happens", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (select, sort, page) => {
        for (const schema of [selectInput, sortInput, pageParameters, itemInput])
          expect(schema.safeParse(select)).toHaveProperty("success");
        listInput.safeParse({ select, sort, skip: page, limit: page, cursor: page });
      }),
    );
  });

  test("the typed input helps to write a query", () => {
    type ListInput = z.input<typeof listInput>;
    expectTypeOf<ListInput["limit"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<{
      status: "Busy";
      createdAt: { $gte: Date };
      "callData.a": 1;
    }>().toExtend<QueryInput>();
    expectTypeOf<{ $or: [{ tags: ["a"] }, { incident: { title: "x" } }] }>().toExtend<QueryInput>();
    expectTypeOf<{ status: { _type: "Sounds"; value: "x" } }>().not.toExtend<QueryInput>();
    expectTypeOf<{ attemptCount: { $gt: "many" } }>().not.toExtend<QueryInput>();
  });
});
