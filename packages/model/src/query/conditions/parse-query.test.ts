import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";

import { issueText } from "../../error/issue-text.ts";
import { countInput, listInput, queryInput } from "../inputs/list-input.ts";
import { ACCEPTED, DATE, ID, REFUSED } from "../testing/query-cases.ts";
import { LOGICAL_OPERATORS, MONGO_OPERATORS } from "./mongo-operators.ts";
import { OPERATOR_NAMES, OPERATORS } from "./operators.ts";
import type { OperatorInput } from "./query-type.ts";

/** The text of the refusal, or undefined when the query is taken. */
function refusal(query: unknown): string | undefined {
  const parsed = queryInput.safeParse(query);
  return parsed.success ? undefined : issueText(parsed.error, "query");
}

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
        expect(queryInput.safeParse(query)).toHaveProperty("success");
      }),

      { numRuns: 2000 },
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
