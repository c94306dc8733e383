import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";

import { issueText } from "../issue-text.ts";
import { countInput, listInput, queryInput } from "./list-input.ts";
import { LOGICAL_OPERATORS, MONGO_OPERATORS } from "./mongo-operators.ts";
import { OPERATOR_NAMES, OPERATORS } from "./operators.ts";
import { queryShape } from "./query-shape.ts";
import type { OperatorInput } from "./query-type.ts";

const ID = "376d7300-28fe-11f1-b591-3fdcef396aba";
const HEX = "5F8B9C0DE1A24B3C8D5E6F7A";
const DATE = "2026-11-23T03:12:00.000Z";

const list = (length: number, item: unknown = "x") => Array.from({ length }, () => item);

/** The text of the refusal, or undefined when the query is taken. */
function refusal(query: unknown): string | undefined {
  const parsed = queryInput.safeParse(query);
  return parsed.success ? undefined : issueText(parsed.error, "query");
}

const op = (_type: string, value?: unknown) => ({ _type, ...(value !== undefined && { value }) });

function nested(depth: number): unknown {
  return depth === 1 ? { status: "x" } : { $and: [nested(depth - 1)] };
}

const ACCEPTED: Record<string, unknown> = {
  nothing: undefined,
  null: null,
  "an empty object": {},
  "text, not trimmed": { status: " Completed " },
  "a number": { callCostInUSDCents: 1.3 },
  "a number as text": { callCostInUSDCents: "1.3" },
  "a date": { createdAt: DATE },
  "a date with an offset": { createdAt: "2026-11-23T04:12:00+01:00" },
  "a day": { createdAt: "2026-11-23" },
  "a Date": { createdAt: new Date(DATE) },
  "an id": { _id: ID },
  "an id in capitals": { _id: ID.toUpperCase() },
  "an id of 24 digits": { incidentId: HEX },
  null_value: { statusMessage: null },
  "any of": { status: ["Busy", null] },
  "none of nothing": { status: [] },
  "ObjectID wrapper": { _id: { _type: "ObjectID", value: ID } },
  "DateTime wrapper": { createdAt: { _type: "DateTime", value: DATE } },
  "Phone wrapper": { toNumber: { _type: "Phone", value: "+1-555-999-8888" } },
  "wrappers in an array": { _id: [{ _type: "ObjectID", value: ID }, HEX, null] },
  "a wrapper in an operator": { createdAt: op("LessThan", { _type: "DateTime", value: DATE }) },
  "wrappers in limits": {
    createdAt: {
      _type: "InBetween",
      startValue: { _type: "DateTime", value: DATE },
      endValue: DATE,
    },
  },
  "a wrapper in MongoDB's operator": { _id: { $in: [{ _type: "ObjectID", value: ID }] } },
  "relation by id": { incident: ID },
  "relation by wrapper": { incident: { _type: "ObjectID", value: ID } },
  "relation by ids": { incident: [ID, null] },
  "relation by _id": { incident: { _id: ID } },
  "relation by operator": { incident: op("IsNull") },
  "relation by MongoDB's operator": { incident: { $exists: true } },
  "relation on its snapshot": { incident: { title: "Database down" } },
  "relation with an operator inside": { incident: { title: op("Search", "down"), number: 7 } },
  "relation with or inside": { incident: { $or: [{ title: "a" }, { name: "b" }] } },
  "relation by dotted path": { "incident.title": "Database down", "incident._id": ID },
  "project by id": { project: { _id: ID } },
  "callData per key": { callData: { message: "x", priority: 3, urgent: true, other: null } },
  "callData with an operator": { callData: { message: op("StartsWith", "x") } },
  "callData nested": { callData: { steps: { gather: { digits: 1 } } } },
  "callData by dotted path": { "callData.steps.say": "x" },
  "callData with or inside": { callData: { $or: [{ a: 1 }, { b: 2 }] } },
  "callData present": { callData: op("NotNull") },
  "callData elements": {
    "callData.steps": { $elemMatch: { say: "x", pause: { $exists: false } } },
  },
  "callData element values": { "callData.levels": { $elemMatch: { $gt: 1, $lt: 3 } } },
  "attempts by path": { "attempts.state": "ended", "attempts.price.amount": null },
  "attempts by index": { "attempts.0.events.1.late": true },
  "attempts by element": { attempts: { $elemMatch: { state: "ended", events: { $size: 2 } } } },
  "not with several operators": { attemptCount: { $not: { $gt: 1, $lt: 3 } } },
  "logic at any level": { $or: [{ $and: [{ status: "a" }] }, { $nor: [{ status: "b" }] }] },
  "MultiSearch under any key": {
    "what ever": { _type: "MultiSearch", value: "x", fields: ["status"] },
  },
  "MultiSearch in a relation": {
    incident: { title: { _type: "MultiSearch", value: "x", fields: ["incident.title", "tags"] } },
  },
  "1,000 values": { status: op("Includes", list(1000)) },
  "200 characters, in code points": { status: op("Search", "😀".repeat(200)) },
  "200 characters inside spaces": { status: op("Search", ` ${"x".repeat(200)} `) },
  "50 conditions": { $or: list(50, { status: "x" }) },
  "8 levels": nested(8),
  "IsNull with value null": { statusMessage: { _type: "IsNull", value: null } },
  "Includes of null": { statusMessage: op("Includes", [null]) },
  "IncludesNone of null": { statusMessage: op("IncludesNone", [null, "x"]) },
};

const REFUSED: Record<string, [query: unknown, text: RegExp]> = {
  "an array": [[], /^query: must be an object/],
  text: ["status", /^query: must be an object/],
  "an unknown property": [{ colour: "red" }, /^query\.colour: .*"colour".*allowed here: _id, /],
  plan: [{ plan: null }, /^query\.plan: /],
  requestDigest: [{ requestDigest: "x" }, /^query\.requestDigest: /],
  revision: [{ revision: 1 }, /^query\.revision: /],
  wakeAt: [{ wakeAt: null }, /^query\.wakeAt: /],
  "the digest of an attempt": [{ "attempts.requestDigest": "x" }, /requestDigest/],
  "a path inside a scalar": [{ "status.x": 1 }, /^query\.status\.x: /],
  "an empty part of a path": [{ "callData..x": 1 }, /there is no/],
  "a path that ends in a dot": [{ "callData.": 1 }, /there is no/],
  "an unknown column": [{ incident: { colour: "x" } }, /allowed here: _id, name, title/],
  "a column of the project": [{ project: { name: "x" } }, /allowed here: _id/],
  "a number for text": [{ status: 1 }, /^query\.status: must be text, null, .*EqualTo.*\$in/],
  "true for text": [{ status: true }, /^query\.status: must be text/],
  "text for a number": [{ callCostInUSDCents: "much" }, /must be a number/],
  "hexadecimal for a number": [{ callCostInUSDCents: "0x10" }, /must be a number/],
  "blank for a number": [{ callCostInUSDCents: "" }, /must be a number/],
  "infinity as text": [{ callCostInUSDCents: "1e999" }, /must be a number/],
  infinity: [{ callCostInUSDCents: Infinity }, /must be a number/],
  "text for a date": [{ createdAt: "yesterday" }, /must be a date such as/],
  "a date without zone": [{ createdAt: "2026-11-23T03:12:00" }, /must be a date/],
  "a day that is not": [{ createdAt: "2026-02-30" }, /must be a date/],
  "a number for a date": [{ createdAt: 1_795_000_000_000 }, /must be a date/],
  "text for an id": [{ _id: "x" }, /must be an id \(a UUID or 24 hex/],
  "another wrapper": [{ _id: { _type: "Phone", value: ID } }, /^query\._id: must be an id/],
  "a wrapper without value": [{ _id: { _type: "ObjectID" } }, /must be an id/],
  "a wrapper around an object": [{ _id: { _type: "ObjectID", value: {} } }, /must be an id/],
  "an object for text": [{ status: {} }, /^query\.status: must be text/],
  "a named object for text": [{ status: { a: 1 } }, /^query\.status: must be text/],
  "a list in a list": [{ status: [["x"]] }, /^query\.status\.0: must be text, or null/],
  "an object in a list": [{ status: [{ $gt: 1 }] }, /^query\.status\.0: must be text/],
  "too many values": [{ status: list(1001) }, /at most 1000 values/],
  "text for callData": [{ callData: "x" }, /^query\.callData: must be null, conditions/],
  "a list for callData": [{ callData: ["x"] }, /^query\.callData: must be null/],
  "Search on callData": [{ callData: op("Search", "x") }, /^query\.callData: must be null/],
  "an object in callData's operator": [
    { callData: { a: op("EqualTo", { b: 1 }) } },
    /^query\.callData\.a\.value: must be text, a number/,
  ],
  "a name on attempts": [{ attempts: { state: "ended" } }, /^query\.attempts: .*\$elemMatch/],
  "an unknown name in an element": [
    { attempts: { $elemMatch: { colour: 1 } } },
    /allowed here: _id, number/,
  ],
  "operators in an element of attempts": [{ attempts: { $elemMatch: { $gt: 1 } } }, /must name/],
  "MultiSearch in an element": [
    { attempts: { $elemMatch: { x: { _type: "MultiSearch", value: "x", fields: ["status"] } } } },
    /element/,
  ],
  "an unknown operator": [
    { status: op("Sounds", "x") },
    /^query\.status\._type: must be one of: EqualTo/,
  ],
  "an operator named by a number": [{ status: { _type: 1 } }, /_type: must be one of/],
  "an operator of Object": [{ status: op("toString", "x") }, /_type: must be one of/],
  "an operator's unknown key": [{ status: { ...op("EqualTo", "x"), flag: 1 } }, /flag/],
  "Search on a number": [
    { callCostInUSDCents: op("Search", "1") },
    /must be a number.*GreaterThan/,
  ],
  "Search on a date": [{ createdAt: op("StartsWith", "2026") }, /must be a date/],
  "Search for a number": [{ status: op("Search", 1) }, /^query\.status\.value: must be the text/],
  "Search for too much": [{ status: op("Search", "x".repeat(201)) }, /at most 200 characters/],
  "NotContains too much": [{ status: op("NotContains", "x".repeat(201)) }, /at most 200/],
  "GreaterThan true": [{ callData: { a: op("GreaterThan", true) } }, /text or a number/],
  "$lt false": [{ "callData.a": { $lt: false } }, /text or a number/],
  "a range over truth": [{ "attempts.events.late": { $gt: true } }, /must be true or false/],
  "InBetween without end": [{ attemptCount: { _type: "InBetween", startValue: 1 } }, /endValue/],
  "InBetween without start": [{ attemptCount: { _type: "InBetween", endValue: 1 } }, /startValue/],
  "Includes of text": [{ status: op("Includes", "x") }, /value: must be an array/],
  "Includes of too many": [{ status: op("Includes", list(1001)) }, /at most 1000 values/],
  "IncludesAll of null": [{ tags: op("IncludesAll", [null]) }, /value\.0: must be text/],
  "IsNull with a value": [{ status: op("IsNull", "x") }, /value: must be absent/],
  "MultiSearch without fields": [
    { x: { _type: "MultiSearch", value: "x" } },
    /fields: must be an array/,
  ],
  "MultiSearch in no field": [
    { x: { _type: "MultiSearch", value: "x", fields: [] } },
    /at least one/,
  ],
  "MultiSearch in an unknown field": [
    { x: { _type: "MultiSearch", value: "x", fields: ["colour"] } },
    /^query\.x\.fields\.0: there is no "colour"/,
  ],
  "MultiSearch in a number": [
    { x: { _type: "MultiSearch", value: "x", fields: ["attemptCount"] } },
    /does not hold text/,
  ],
  "MultiSearch in a forbidden field": [
    { x: { _type: "MultiSearch", value: "x", fields: ["callData.__proto__"] } },
    /__proto__/,
  ],
  "$and of nothing": [{ $and: [] }, /^query\.\$and: must be an array of at least one/],
  "$or of no array": [{ $or: {} }, /^query\.\$or: must be an array/],
  "$or of text": [{ $or: ["x"] }, /^query\.\$or\.0: must be an object/],
  "$or inside a property": [{ status: { $or: [{ $eq: "x" }] } }, /^query\.status: must be text/],
  "$in beside properties": [{ $in: ["x"] }, /^query\.\$in: must stand inside a property/],
  "$in of text": [{ status: { $in: "x" } }, /^query\.status\.\$in: must be an array/],
  "$eq of an object": [{ status: { $eq: {} } }, /^query\.status\.\$eq: must be text, or null/],
  "$gt of null": [{ attemptCount: { $gt: null } }, /\$gt: must be a number/],
  "$exists of text": [{ status: { $exists: "yes" } }, /\$exists: must be true or false/],
  "$all of phones": [{ toNumber: { $all: ["+15559998888"] } }, /must be a phone number/],
  "$size of text": [{ tags: { $size: "1" } }, /\$size: must be a whole number/],
  "$size of a fraction": [{ tags: { $size: 1.5 } }, /\$size: must be a whole number/],
  "$size of less than nothing": [{ tags: { $size: -1 } }, /must not be negative/],
  "$size on a scalar": [{ status: { $size: 1 } }, /^query\.status\.\$size: must be text/],
  "$not of text": [{ status: { $not: "x" } }, /\$not: must be an object of operators/],
  "$not of nothing": [{ status: { $not: {} } }, /\$not: must be an object of operators/],
  "$elemMatch of nothing": [{ tags: { $elemMatch: {} } }, /\$elemMatch: must be an object/],
  "an operator beside a name": [
    { status: { $gt: "a", x: 1 } },
    /^query\.status\.x: must be one of/,
  ],
  "51 conditions": [{ $or: list(51, { status: "x" }) }, /at most 50/],
  "51 empty conditions": [{ $or: list(51, {}) }, /at most 50/],
  "too many fields": [
    { $or: list(26, { x: { _type: "MultiSearch", value: "x", fields: ["status", "provider"] } }) },
    /at most 50/,
  ],
  "9 levels": [nested(9), /at most 8 levels/],
  "1,000 levels": [nested(1000), /nested too deep/],
};

const FORBIDDEN = [
  "$where",
  "$function",
  "$accumulator",
  "$expr",
  "$regex",
  "$options",
  "$text",
  "$search",
  "$jsonSchema",
  "$comment",
  "$mod",
  "$type",
  "$near",
  "$geoWithin",
  "$rand",
  "$natural",
  "$",
];

describe("queries", () => {
  test.each(Object.entries(ACCEPTED))("%s is taken", (_, query) => {
    expect(refusal(query)).toBeUndefined();
  });

  test.each(Object.entries(REFUSED))("%s is refused", (_, [query, text]) => {
    expect(refusal(query)).toMatch(text);
  });

  test.each(FORBIDDEN)("%s is refused by name at any depth", (name) => {
    const places = [
      { [name]: "x" },
      { status: { [name]: "x" } },
      { $or: [{ status: "x" }, { callData: { a: { [name]: 1 } } }] },
      { status: { _type: "EqualTo", value: { [name]: 1 } } },
      { status: { $not: { [name]: "x" } } },
      { [`callData.${name}`]: 1 },
      { status: [{ a: { [name]: 1 } }] },
    ];
    for (const query of places) expect(refusal(query)).toContain(`must not use "${name}"`);
  });

  test.each(["__proto__", "constructor", "prototype", "a\0b"])("the key %j is refused", (name) => {
    const value = JSON.stringify(name);
    const places = [
      `{${value}: 1}`,
      `{"callData": {${value}: 1}}`,
      `{"$or": [{"callData": {"a": {${value}: 1}}}]}`,
    ];
    for (const json of places) expect(refusal(JSON.parse(json))).toMatch(/must not have/);
    expect(refusal({ [`callData.${name}.x`]: 1 })).toMatch(/must not have/);
  });

  test("an allowed operator may not hide in a path", () => {
    expect(refusal({ "callData.$in": 1 })).toContain('must not use "$in"');
  });

  test("any JSON is taken or refused, and never anything else happens", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (query) => {
        for (const schema of [queryInput, listInput, countInput])
          expect(schema.safeParse(query)).toHaveProperty("success");
        queryInput.safeParse({ status: query, callData: query, createdAt: { $in: query } });
      }),
    );
  });

  test("anything made of the language's own words is taken or refused", () => {
    const keys = [
      ...OPERATOR_NAMES,
      ...Object.keys(MONGO_OPERATORS),
      ...Object.keys(LOGICAL_OPERATORS),
      "_type",
      "value",
      "fields",
      "startValue",
      "status",
      "callData",
      "incident",
      "attempts",
      "__proto__",
      "constructor",
      "toString",
      "attempts.0",
      "tags",
      "createdAt",
      "",
      ".",
    ];
    const leaf = fc.oneof(fc.constantFrom(...keys, ID, DATE, 1, -0, true, null), fc.string());
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        leaf,
        fc.array(tie("tree"), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...keys), tie("tree"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (query) => {
        const { success } = queryInput.safeParse(query);
        // zod passes over a key "__proto__", which the documented pattern of keys refuses.
        const isPassedOver = JSON.stringify(query).includes('"__proto__":');
        expect(success || isPassedOver || !queryShape.safeParse(query).success).toBe(true);
      }),

      { numRuns: 2000 },
    );
  });
});

describe("the documented shape of a query", () => {
  // The parser takes more than the documentation spells out.
  const BEYOND = /path|index|nested|8 levels|inside$|any level|element|MultiSearch|^nothing$/;
  const OVER_LIMIT = /^(51|too many fields|9 levels|1,000 levels)/;

  test.each(Object.entries(ACCEPTED).filter(([name]) => !BEYOND.test(name)))(
    "has %s",
    (_, query) => {
      expect(queryShape.nullable().safeParse(query).error).toBeUndefined();
    },
  );

  test.each(Object.entries(REFUSED).filter(([name]) => !OVER_LIMIT.test(name)))(
    "has not %s",
    (_, [query]) => {
      expect(queryShape.safeParse(query).success).toBe(false);
    },
  );

  test("is what JSON Schema says, with shared parts", () => {
    const { $defs } = z.toJSONSchema(listInput, { io: "input" });
    expect(Object.keys($defs ?? {})).toEqual(
      expect.arrayContaining([
        "CallLogQuery",
        "CallLogSelect",
        "CallLogSort",
        "QueryCondition_text",
      ]),
    );
  });
});

describe("the operator tables", () => {
  const examples = Object.entries({ ...OPERATORS, ...MONGO_OPERATORS, ...LOGICAL_OPERATORS });

  test.each(examples)("the example of %s is taken and uses it", (name, { example }) => {
    expect(refusal(example)).toBeUndefined();
    expect(JSON.stringify(example)).toContain(`"${name}"`);
  });

  test("the typed input knows every operator", () => {
    expectTypeOf<OperatorInput<string>["_type"]>().toEqualTypeOf<keyof typeof OPERATORS>();
  });
});
