import {
  ACTOR_KINDS,
  type Actor,
  ANSWERED_BY,
  type Attempt,
  ATTEMPT_STATE_NAMES,
  type AttemptEvent,
  attemptIdOf,
  CALL_OUTCOME_NAMES,
  CALL_OUTCOMES,
  type CallLog,
  type CallRecord,
  ERROR_CLASSES,
  EVENT_SOURCES,
  EVENT_STATUSES,
  PRICINGS,
  RELATION_NAMES,
  relationIdName,
  type RelationSnapshot,
} from "@call-log/model";
import { callRecord } from "@call-log/testing";
import fc from "fast-check";

/** Arbitraries of every property: one more in the model does not compile before it has one here. */
type Each<T> = { [K in keyof Required<T>]: fc.Arbitrary<T[K] | null | undefined> };

/** Texts that go wrong: line breaks of all kinds, quotes, separators, formulas, blanks, byte order marks, emoji, numbers, markup. */
const WILD = [
  ...["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\v", "\f", "\t", "\0", "\x1b[31m"],
  ...['"', '""', "'", ",", ";", "|", "\\", " ", "\uFEFF", "\u00a0", "🔥", "é", "e\u0301", "١"],
  ...["=1+1", "+1", "-1", "@SUM(A1)", "＝", "1e5", "007", "0x10", "null", "true", "{", "}", "[]"],
  ...["<b>", "&amp;", "%0A", "$where", "__proto__", "sep=;", "#", "//", "2026-11-23"],
];

/** Any text that MongoDB holds, often one that goes wrong. */
export const anyText = fc
  .oneof(
    { weight: 3, arbitrary: fc.array(fc.constantFrom(...WILD, "a", "z"), { maxLength: 6 }) },
    { weight: 1, arbitrary: fc.array(fc.string({ unit: "binary" }), { maxLength: 2 }) },
  )
  .map((parts) => parts.join("").toWellFormed());

const aDate = fc.date({
  noInvalidDate: true,
  min: new Date("0000-01-01T00:00:00.000Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
});
const anId = fc.oneof(
  fc.uuid(),
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 24, maxLength: 24 }),
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 24, maxLength: 24 }),
);
const aCount = fc.nat({ max: 20 });
const aNumber = fc.oneof(
  aCount,
  fc.integer({ min: 0, max: 99_999_999 }).map((micro) => micro / 10_000),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const aPhone = fc.oneof(
  fc.constantFrom("+15559998888", "+1-555-999-8888", "15559998888", "0049 30 1234567", "anonymous"),
  anyText.map((text) => `${text.replaceAll("•", "")}!`).filter((text) => text.length <= 100),
);

const actorParts: Each<Actor> = {
  kind: fc.constantFrom(...(Object.keys(ACTOR_KINDS) as Actor["kind"][])),
  id: orNothing(anyText),
  name: orNothing(anyText),
  email: orNothing(anyText),
};
const anActor = fc.record(actorParts).map(defined);

const eventParts: Each<Omit<AttemptEvent, "payload">> = {
  at: aDate,
  source: fc.constantFrom(...EVENT_SOURCES),
  status: fc.constantFrom(...EVENT_STATUSES),
  sequence: orNothing(fc.integer()),
  step: orNothing(aCount),
  late: fc.boolean(),
  by: orNothing(anActor),
};

const priceParts: Each<NonNullable<Attempt["price"]>> = {
  amount: fc.oneof(fc.constant(null), anyText, fc.constantFrom("0.0130", "1e-3")),
  currency: fc.oneof(fc.constant(null), fc.constantFrom("USD", "EUR")),
  pricing: fc.constantFrom(...PRICINGS),
};

const attemptParts: Each<Omit<Attempt, "_id" | "number" | "requestDigest">> = {
  state: fc.constantFrom(...ATTEMPT_STATE_NAMES),
  dueAt: aDate,
  provider: orNothing(anyText),
  providerCallId: orNothing(anyText),
  fromNumber: orNothing(anyText),
  workerId: orNothing(anyText),
  claimedAt: orNothing(aDate),
  submittedAt: orNothing(aDate),
  answeredAt: orNothing(aDate),
  endedAt: orNothing(aDate),
  outcome: orNothing(fc.constantFrom(...CALL_OUTCOME_NAMES)),
  answeredBy: orNothing(fc.constantFrom(...ANSWERED_BY)),
  digits: orNothing(fc.constantFrom("4", "007", "*#")),
  digitsStep: orNothing(aCount),
  acknowledgedAt: orNothing(aDate),
  sipResponseCode: orNothing(fc.nat()),
  errorCode: orNothing(anyText),
  errorMessage: orNothing(anyText),
  errorClass: orNothing(fc.constantFrom(...ERROR_CLASSES)),
  lostAnswer: orNothing(anyText),
  durationSeconds: orNothing(aNumber),
  price: orNothing(fc.record(priceParts)) as fc.Arbitrary<Attempt["price"]>,
  pricePolls: orNothing(aCount),
  costInMicroUSD: orNothing(fc.nat()),
  events: fc.array(fc.record(eventParts).map(defined), { maxLength: 3 }) as fc.Arbitrary<
    Attempt["events"]
  >,
};

const snapshotParts: Each<Omit<RelationSnapshot, "_id">> = {
  name: orNothing(anyText),
  title: orNothing(anyText),
  email: orNothing(anyText),
  number: orNothing(fc.oneof(anyText, aNumber)),
};
const aSnapshot = fc.record({ _id: anId, ...snapshotParts }).map(defined);

// Statuses of our own calls that are over, and some of imported ones.
const FINAL_STATUSES = [
  ...new Set(Object.values(CALL_OUTCOMES).map(({ status }) => status)),
  ...["Success", "Error", "completed", "=1", "'", "toString", "  ", "12"],
];

const callParts: Each<
  Omit<
    CallLog,
    "_id" | "project" | "projectId" | "attempts" | `${(typeof RELATION_NAMES)[number]}${"Id" | ""}`
  >
> = {
  createdAt: aDate,
  updatedAt: aDate,
  toNumber: aPhone,
  fromNumber: aPhone,
  callData: fc.dictionary(
    anyText.filter((key) => !key.includes("\0") && key !== "__proto__" && !key.startsWith("$")),
    fc.oneof(anyText, fc.jsonValue({ maxDepth: 3 }).map(storable)),
    { maxKeys: 4 },
  ),
  status: fc.constantFrom(...FINAL_STATUSES),
  statusMessage: orNothing(anyText),
  callCostInUSDCents: aNumber,
  attemptCount: aCount,
  answeredBy: orNothing(fc.constantFrom(...ANSWERED_BY)),
  acknowledgedAt: orNothing(aDate),
  scheduledAt: orNothing(aDate),
  deadlineAt: orNothing(aDate),
  idempotencyKey: orNothing(anyText),
  tags: fc.array(anyText, { maxLength: 3 }),
  provider: orNothing(anyText),
  pricing: orNothing(fc.constantFrom(...PRICINGS.filter((one) => one !== "pending"))),
  retryOf: orNothing(anId),
};

/** Any call log that is over, of the given project: each property with a value, with null, or absent. */
export function anyCallRecord(projectId: string): fc.Arbitrary<CallRecord> {
  const relations = fc.tuple(...RELATION_NAMES.map(() => orNothing(fc.oneof(aSnapshot, anId))));
  const attempts = fc.array(fc.record(attemptParts).map(defined), { maxLength: 3 });
  return fc
    .tuple(anId, fc.record(callParts).map(defined), attempts, relations)
    .map(([_id, call, tries, related]) => {
      const { wakeAt: _, ...base } = callRecord({ _id, projectId });
      return {
        ...base,
        ...call,
        ...Object.fromEntries(related.flatMap((one, index) => relationEntries(index, one))),
        attempts: tries.map((attempt, index) => ({
          _id: attemptIdOf(_id, index + 1),
          number: index + 1,
          requestDigest: "0".repeat(64),
          ...attempt,
        })),
      } as CallRecord;
    });
}

function relationEntries(index: number, related: unknown): [string, unknown][] {
  const name = RELATION_NAMES[index]!;
  const id =
    typeof related === "object" && related !== null ? Reflect.get(related, "_id") : related;
  return related === undefined
    ? []
    : [
        ...(id === related ? [] : [[name, related] as [string, unknown]]),
        [relationIdName(name), id],
      ];
}

function orNothing<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> {
  return fc.oneof(
    { weight: 4, arbitrary: value },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 2, arbitrary: fc.constant(undefined) },
  );
}

function defined<T extends object>(parts: T): T {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;
}

function storable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value)
      .toWellFormed()
      .replaceAll(/"__proto__"|"\$/g, '"x'),
    (_, inner: unknown) => (typeof inner === "string" ? inner.toWellFormed() : inner),
  );
}
