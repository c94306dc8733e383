import {
  attemptIdOf,
  CALL_OUTCOMES,
  callLog,
  type CallRecord,
  PRICINGS,
  publicAttempt,
  RELATION_NAMES,
  relationIdName,
  relationSnapshot,
} from "@call-log/model";
import { callRecord } from "@call-log/testing";
import fc from "fast-check";

import { aNumber, arbitraryOf, anyText, orNothing, partsOf, wellFormed } from "./arbitrary-of.ts";

const HEX = "0123456789abcdef".split("");
const hexOf = (digits: string[]) =>
  fc.string({ unit: fc.constantFrom(...digits), minLength: 24, maxLength: 24 });
const anId = fc.oneof(fc.uuid(), hexOf(HEX), hexOf(HEX.slice(0, 10)));

const aPhone = fc.oneof(
  fc.constantFrom("+15559998888", "+1-555-999-8888", "15559998888", "0049 30 1234567", "anonymous"),
  anyText.map((text) => `${text.slice(0, 99)}!`).map(wellFormed),
);

// Statuses of our own calls that are over, and some of imported ones.
const FINAL_STATUSES = new Set([
  ...Object.values(CALL_OUTCOMES).map(({ status }) => status),
  "Success",
  "completed",
  "=1",
  "'",
  "toString",
  "  ",
  "12",
]);

const aKey = anyText.filter((key) => !/\0|^\$|^__proto__$/.test(key));

const { attempts: _attempts, project: _project, ...shape } = callLog.shape;
const relationProperties = RELATION_NAMES.flatMap((name) => [name, relationIdName(name)]);

/** Every property but the related objects, also those that come to the model later. */
const callParts = {
  ...partsOf(shape),
  ...Object.fromEntries(relationProperties.map((name) => [name, fc.constant(undefined)])),
  // A call that is over waits for nothing.
  waitsFor: fc.constant(undefined),
  waitsUntil: fc.constant(undefined),
  toNumber: aPhone,
  fromNumber: aPhone,
  callData: fc.dictionary(aKey, fc.oneof(anyText, fc.jsonValue({ maxDepth: 3 }).map(storable)), {
    maxKeys: 4,
  }),
  status: fc.constantFrom(...FINAL_STATUSES),
  callCostInUSDCents: aNumber,
  // A price that is pending is estimated after an import, since nobody will ask for it there.
  pricing: orNothing(fc.constantFrom(...PRICINGS.filter((one) => one !== "pending"))),
  retryOf: orNothing(anId),
};

const { _id: _snapshotId, ...snapshotShape } = relationSnapshot.shape;
const aSnapshot = fc.record({ ...partsOf(snapshotShape), _id: anId }).map(defined);

const anAttempt = arbitraryOf(publicAttempt).map((attempt) => defined(attempt as object));

/** Any call log that is over, of the given project: each property with a value, with null, or absent. */
export function anyCallRecord(projectId: string): fc.Arbitrary<CallRecord> {
  const relations = fc.tuple(...RELATION_NAMES.map(() => orNothing(fc.oneof(aSnapshot, anId))));
  return fc
    .tuple(anId, fc.record(callParts), fc.array(anAttempt, { maxLength: 3 }), relations)
    .map(([_id, call, tries, related]) => {
      const { wakeAt: _, ...base } = callRecord({ _id, projectId });
      return {
        ...base,
        ...defined(call),
        ...Object.fromEntries(related.flatMap((one, index) => relationEntries(index, one))),
        _id,
        projectId,
        attempts: tries.map((attempt, index) => ({
          ...attempt,
          _id: attemptIdOf(_id, index + 1),
          number: index + 1,
          requestDigest: "0".repeat(64),
        })),
      } as CallRecord;
    });
}

function relationEntries(index: number, related: unknown): [string, unknown][] {
  const name = RELATION_NAMES[index]!;
  if (related === undefined) return [];
  if (typeof related !== "object" || related === null) return [[relationIdName(name), related]];
  return [
    [name, related],
    [relationIdName(name), Reflect.get(related, "_id")],
  ];
}

function defined<T extends object>(parts: T): T {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;
}

function storable(value: unknown): unknown {
  const json = JSON.stringify(value).replaceAll(/"__proto__"|"\$/g, '"x');
  return JSON.parse(json, (_, inner: unknown) =>
    typeof inner === "string" ? wellFormed(inner) : inner,
  );
}
