import { LOGICAL_OPERATORS, MONGO_OPERATORS, OPERATOR_NAMES, queryInput } from "@call-log/model";
import { TEST_SERVER_FAULTS } from "@call-log/testing";
import fc from "fast-check";

import { toMongoFilter } from "../queries/filter.ts";
import {
  at,
  idOf,
  INCIDENT,
  OTHER_INCIDENT,
  OTHER_PROJECT,
  PROJECT,
} from "./call-reader-fixture.ts";

// Valid queries of every form that the language has, with values that some of the calls have.

type Arb = fc.Arbitrary<unknown>;

interface FieldKind {
  values: unknown[];
  /** Texts to search for; absent where there is no text. */
  texts?: string[];
  list?: boolean;
  /** Compared in two spellings, so `$all` is refused. */
  phone?: boolean;
}

const TEXTS = [
  "ann",
  "É",
  "straSSE",
  "σας",
  "",
  " Reached ",
  "%",
  "_",
  ".",
  "*",
  "\\",
  "k",
  "S",
  "A",
  "\n",
  "i",
  "555",
];

const KINDS = {
  status: { values: ["Completed", "busy", "Busy", "", "Straße", "100%_d.*\\"], texts: TEXTS },
  statusMessage: { values: ["Reached Ann", "", "ÉCOLE", "é"], texts: TEXTS },
  toNumber: {
    values: ["+15559998888", "+1-555-999-8888", { _type: "Phone", value: "+44 20 7946 0958" }],
    texts: ["+1", "8888", "-", "555"],
    phone: true,
  },
  callCostInUSDCents: { values: [0, "1.3", 1.3, 150, -5, "1e1"] },
  attemptCount: { values: [0, 1, "2"] },
  createdAt: {
    values: [at(1).toISOString(), { _type: "DateTime", value: at(4).toISOString() }, "2026-11-23"],
  },
  acknowledgedAt: { values: [at(3).toISOString(), "2026-11-23T04:03:00+01:00"] },
  incidentId: {
    values: [INCIDENT, INCIDENT.toUpperCase(), OTHER_INCIDENT],
    texts: ["5F8b", "11", "a"],
  },
  incident: { values: [{ _type: "ObjectID", value: INCIDENT }, OTHER_INCIDENT], texts: ["11"] },
  _id: { values: [idOf(1), idOf(2).toUpperCase(), idOf(9)], texts: ["28FE", "1"] },
  projectId: { values: [PROJECT, OTHER_PROJECT], texts: ["e"] },
  project: { values: [PROJECT, OTHER_PROJECT] },
  tags: { values: ["urgent", "night", "Night", "z"], texts: ["N", "É"], list: true },
  provider: { values: ["twilio", "simulated"], texts: ["twi", "ED"] },
  "incident.title": { values: ["Database down", "", "Disk"], texts: ["d", "DOWN"] },
  "callData.message": { values: ["Alert", "x", "alert", 3, true], texts: TEXTS },
  "callData.words": { values: ["red", "Blue"], texts: ["RED", "b"], list: true },
  "callData.levels": { values: [1, 3, 4, 5, "3"], list: true },
  "callData.priority": { values: [1, 3, "3", 2.5, 10] },
  "callData.urgent": { values: [true, false] },
  "callData.deep.a.b": { values: ["x", 1], texts: ["X"] },
  "callData.steps.0.say": { values: ["hi"], texts: ["H"] },
  "attempts.state": { values: ["ended", "unknown"], texts: ["END"] },
  "attempts.outcome": { values: ["human", "busy"], texts: ["U"] },
  "attempts.durationSeconds": { values: [0, 3, "20", 60, 100] },
  "attempts.events.sequence": { values: [1, 3, 4, 9] },
  "attempts.dueAt": { values: [at(1).toISOString(), at(2).toISOString()] },
} satisfies Record<string, FieldKind>;

/** Operators that compare with one value, by equality, order and text. */
export const EQUALITY = ["EqualTo", "NotEqual", "EqualToOrNull"];
export const ORDER = OPERATOR_NAMES.filter((name) => /^(Greater|Less)/.test(name));
export const TEXT = ["Search", "StartsWith", "EndsWith", "NotContains"];

// Truth values have no order, so ranges over them are refused.
function orderedOf(values: readonly unknown[]): Arb[] {
  const ordered = values.filter((value) => typeof value !== "boolean");
  return ordered.length === 0 ? [] : [fc.constantFrom(...ordered)];
}

function typed({ values, texts }: FieldKind): Arb {
  const value = fc.constantFrom(...values);
  const list = fc.array(value, { maxLength: 3 });
  const listOrNull = fc.array(fc.option(value), { maxLength: 3 });
  const operator = (names: readonly string[], operand: Arb) =>
    fc.record({ _type: fc.constantFrom(...names), value: operand });
  const ranges = orderedOf(values).flatMap((limit): Arb[] => [
    operator(ORDER, limit),
    fc.record({ _type: fc.constant("InBetween"), startValue: limit, endValue: limit }),
  ]);
  return fc.oneof(
    operator(EQUALITY, value),
    operator(["Includes", "IncludesNone"], listOrNull),
    operator(["IncludesAll"], list),
    fc.record({ _type: fc.constantFrom("IsNull", "NotNull") }),
    ...ranges,
    ...(texts === undefined ? [] : [operator(TEXT, fc.constantFrom(...texts))]),
  );
}

function oneOrTwo(tests: Record<string, Arb>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .subarray(Object.keys(tests), { minLength: 1, maxLength: 2 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, tests[name]!]))));
}

function mongo({ values, list: isList, phone }: FieldKind): Arb {
  const value = fc.constantFrom(...values);
  const list = fc.array(value, { maxLength: 3 });
  const listOrNull = fc.array(fc.option(value), { maxLength: 3 });
  const ranges = orderedOf(values).map((limit) => ({
    $gt: limit,
    $gte: limit,
    $lt: limit,
    $lte: limit,
  }));
  const ofElements = {
    $eq: fc.option(value),
    $ne: fc.option(value),
    $in: listOrNull,
    $nin: listOrNull,
    ...ranges[0],
  };
  const tests = oneOrTwo({ ...ofElements, $exists: fc.boolean(), ...(!phone && { $all: list }) });
  const size = fc.record({ $size: fc.integer({ min: 0, max: 2 }) });
  const element = fc.record({ $elemMatch: oneOrTwo(ofElements) });
  return fc.oneof(tests, fc.record({ $not: tests }), ...(isList ? [size, element] : []));
}

function condition(kind: FieldKind): Arb {
  const value = fc.constantFrom(...kind.values);
  return fc.oneof(
    value,
    fc.constant(null),
    fc.array(fc.option(value), { maxLength: 3 }),
    typed(kind),
    mongo(kind),
  );
}

const byName = Object.entries(KINDS).map(([name, kind]) =>
  condition(kind).map((given): Record<string, unknown> => ({ [name]: given })),
);

function nestedIn(parent: string): Arb {
  const inner = Object.entries(KINDS).filter(([name]) => name.startsWith(`${parent}.`));
  return fc
    .oneof(
      ...inner.map(([name, kind]) =>
        condition(kind).map((given) => ({ [name.slice(parent.length + 1)]: given })),
      ),
    )
    .map((conditions) => ({ [parent]: conditions }));
}

const textFields = Object.entries(KINDS as Record<string, FieldKind>).flatMap(([name, { texts }]) =>
  texts === undefined ? [] : [name],
);

const multiSearch = fc.record({
  search: fc.record({
    _type: fc.constant("MultiSearch"),
    value: fc.constantFrom(...TEXTS),
    fields: fc.uniqueArray(fc.constantFrom(...textFields), { minLength: 1, maxLength: 3 }),
  }),
});

const ofAttempt = fc
  .record(
    {
      state: condition(KINDS["attempts.state"]),
      durationSeconds: condition(KINDS["attempts.durationSeconds"]),
      "events.sequence": condition(KINDS["attempts.events.sequence"]),
    },
    { requiredKeys: [] },
  )
  .filter((some) => Object.keys(some).length > 0);

const attempt = fc
  .record({
    attempts: fc.record({
      $elemMatch: fc.oneof(ofAttempt, fc.record({ $or: fc.tuple(ofAttempt, ofAttempt) })),
    }),
  })
  .filter((query) => !TEST_SERVER_FAULTS.elemMatchOfLogic || !startsWithLogic(query));

function startsWithLogic(query: object): boolean {
  const { attempts } = toMongoFilter(queryInput.parse(query));
  return Object.keys(attempts.$elemMatch)[0]?.startsWith("$") === true;
}

const attemptsWhole = fc.record({
  attempts: fc.constantFrom(
    null,
    { $size: 0 },
    { $size: 2 },
    { $exists: true },
    { $not: { $size: 1 } },
    { _type: "IsNull" },
    { _type: "NotNull" },
  ),
});

const oneOfAll: Arb = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(...byName) },
  nestedIn("incident"),
  nestedIn("callData"),
  multiSearch,
  attempt,
  attemptsWhole,
);

/** Any valid query: a few conditions, some joined by logical operators. */
export const anyQuery: Arb = fc.letrec((tie) => ({
  query: fc
    .array(fc.oneof({ maxDepth: 2 }, { weight: 4, arbitrary: oneOfAll }, tie("joined")), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => Object.assign({}, ...parts) as unknown),
  joined: fc
    .tuple(
      fc.constantFrom(...Object.keys(LOGICAL_OPERATORS)),
      fc.array(tie("query"), { minLength: 1, maxLength: 3 }),
    )
    .map(([name, queries]) => ({ [name]: queries })),
})).query;

/** Any valid sort order. */
export const anySort: Arb = fc.option(
  fc.dictionary(
    fc.constantFrom(
      "createdAt",
      "status",
      "statusMessage",
      "tags",
      "attempts",
      "incident",
      "provider",
      "callCostInUSDCents",
      "acknowledgedAt",
      "_id",
    ),
    fc.constantFrom(1, -1, "ASC", "desc"),
    { maxKeys: 3 },
  ),
);

/** Names of all operators that the queries above are made of, for a check that none was forgotten. */
export const ALL_OPERATORS: readonly string[] = [
  ...OPERATOR_NAMES,
  ...Object.keys(MONGO_OPERATORS),
  ...Object.keys(LOGICAL_OPERATORS),
];
