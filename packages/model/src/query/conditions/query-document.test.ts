import formats from "ajv-formats";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { auditListInput } from "../inputs/audit-input.ts";
import { AUDIT_SCOPE } from "../inputs/audit-scope.ts";
import { queryInput } from "../inputs/list-input.ts";
import { allQuerySchemas } from "../query-schemas.ts";
import { ACCEPTED, DATE, ID, REFUSED } from "../testing/query-cases.ts";
import { ROOT_SCOPE } from "./field.ts";
import { LOGICAL_OPERATORS, MONGO_OPERATORS } from "./mongo-operators.ts";
import { OPERATOR_NAMES, OPERATORS } from "./operators.ts";

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
ajv.addSchema({ components: { schemas: allQuerySchemas() } }, "document");

/** True when the documented schema of this name takes the query. */
function isDocumented(name: string, query: unknown): boolean {
  const validate = ajv.getSchema(`document#/components/schemas/${name}`);
  if (validate === undefined) throw new Error(`there is no schema ${name}`);
  return validate(JSON.parse(JSON.stringify(query))) === true;
}

const LANGUAGES = [
  {
    name: "CallLogQuery",
    scope: ROOT_SCOPE,
    isTaken: (query: unknown) => queryInput.safeParse(query).success,
  },
  {
    name: "AuditQuery",
    scope: AUDIT_SCOPE,
    isTaken: (query: unknown) => auditListInput.shape.query.safeParse(query).success,
  },
];

/** What a schema can't say: how many conditions there are in all, and how deep they nest. Nor is infinity JSON. */
const OVER_LIMIT = /^(51|too many fields|9 levels|1,000 levels|infinity$)/;

describe("the documented schema of a query", () => {
  const objects = Object.entries(ACCEPTED).filter(([, query]) => Boolean(query));
  test.each(objects)("takes %s", (_, query) => {
    expect(isDocumented("CallLogQuery", query)).toBe(true);
  });

  test.each(Object.entries(REFUSED).filter(([name]) => !OVER_LIMIT.test(name)))(
    "refuses %s",
    (_, [query]) => {
      expect(isDocumented("CallLogQuery", query)).toBe(false);
    },
  );

  test.each(Object.entries({ ...OPERATORS, ...MONGO_OPERATORS, ...LOGICAL_OPERATORS }))(
    "takes the example of %s",
    (_, { example }) => {
      expect(isDocumented("CallLogQuery", example)).toBe(true);
    },
  );
});

/** Paths that one of the languages has, and others that are nearly one. */
const NEARLY_NAMES = (
  "callData callData.a callData.a.b callData._type callData..a callData.$a attempts.0 attempts.0.state attempts.01.state " +
  "attempts.events.0.status attempts.events.by.kind attempts.price.amount attempts.0.0 changes.0.field 0 incident.a status.a . a. " +
  "_type a $and $a constructor title"
)
  .split(" ")
  .concat("");

describe.each(LANGUAGES)("$name", ({ name, scope, isTaken }) => {
  const names = scope.names ?? [];
  const paths = [
    ...names,
    ...names.flatMap((outer) =>
      (scope.field(outer)?.within?.(`${outer}.`).names ?? []).map((inner) => `${outer}.${inner}`),
    ),
    ...NEARLY_NAMES,
  ];
  const isSame = (query: unknown) => isDocumented(name, query) === isTaken(query);

  test("takes any condition on any name if and only if it is documented", () => {
    const scalars = fc.constantFrom<unknown>(
      ID,
      ID.toUpperCase(),
      DATE,
      "2026-11-23",
      "x",
      "",
      "1.5",
      "1e99",
      "1e100",
      "+1 555",
      0,
      1.5,
      -1,
      true,
      null,
      { _type: "ObjectID", value: ID },
      { _type: "Phone", value: "x" },
      { _type: "DateTime", value: DATE },
      { _type: "DateTime", value: "x" },
      "Ada ",
      " ",
    );
    const values = fc.oneof(
      { weight: 4, arbitrary: scalars },
      fc.array(scalars, { maxLength: 3 }),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const { query, condition } = fc.letrec<{ query: unknown; condition: unknown }>((tie) => {
      const operator = fc.record(
        {
          _type: fc.constantFrom<unknown>(...OPERATOR_NAMES, "Foo", 1),
          value: values,
          startValue: scalars,
          endValue: scalars,
          fields: fc.array(fc.constantFrom(...paths), { maxLength: 2 }),
        },
        { requiredKeys: ["_type"] },
      );
      const usual = fc.oneof(
        fc.record({ _type: fc.constantFrom(...OPERATOR_NAMES), value: values }),
        fc.record({ _type: fc.constant("InBetween"), startValue: scalars, endValue: scalars }),
        fc.record({
          _type: fc.constant("MultiSearch"),
          value: fc.constantFrom("x", " x ", " ".repeat(9)),
          fields: fc.array(fc.constantFrom(...paths), { minLength: 1, maxLength: 2 }),
        }),
      );
      const mongo = fc.dictionary(
        fc.constantFrom(...Object.keys(MONGO_OPERATORS)),
        fc.oneof(values, tie("condition")),
        { maxKeys: 2 },
      );
      return {
        query: fc.oneof(
          { maxDepth: 3 },
          fc.dictionary(fc.constantFrom(...paths), tie("condition"), { minKeys: 1, maxKeys: 2 }),
          fc.dictionary(
            fc.constantFrom(...Object.keys(LOGICAL_OPERATORS)),
            fc.array(tie("query"), { maxLength: 2 }),
            { maxKeys: 1 },
          ),
        ),
        condition: fc.oneof({ maxDepth: 3 }, values, operator, usual, mongo, tie("query")),
      };
    });
    let taken = 0;
    const both = fc.oneof({ weight: 3, arbitrary: query }, condition);
    fc.assert(
      fc.property(both, (given) => {
        fc.pre(typeof given === "object" && given !== null);
        if (isTaken(given)) taken += 1;
        expect(isSame(given)).toBe(true);
      }),
      { numRuns: 2000 },
    );
    // A fair part of what is generated is a query, or the test would say little.
    expect(taken).toBeGreaterThan(200);
  });

  test("takes every operator on every name with every kind of value if and only if it is documented", () => {
    const kept = paths.filter((path) => !path.endsWith("Id") || path === "incidentId");
    const operands: unknown[] = [ID, DATE, 1, true, null, ["x", null], { a: 1 }];
    const conditions = [
      ...operands,
      ...OPERATOR_NAMES.map((_type) => ({ _type })),
      ...operands.flatMap((value) => OPERATOR_NAMES.map((_type) => ({ _type, value }))),
      ...operands.flatMap((value) =>
        Object.keys(MONGO_OPERATORS).flatMap((operator) => [{ [operator]: value }]),
      ),
      ...Object.keys(MONGO_OPERATORS).flatMap((operator) => [
        { $not: { [operator]: ID } },
        { $elemMatch: { [operator]: ID } },
      ]),
      ...kept.flatMap((path) => [{ [path]: "x" }, { $elemMatch: { [path]: { $ne: null } } }]),
      { _type: "MultiSearch", value: "x", fields: ["_id"] },
      { $elemMatch: { x: { _type: "MultiSearch", value: "x", fields: ["_id"] } } },
    ];
    const differing = kept.flatMap((path) =>
      conditions.map((condition) => ({ [path]: condition })).filter((given) => !isSame(given)),
    );
    expect(differing.slice(0, 5).map((given) => [given, isTaken(given)])).toEqual([]);
  });
});
