import {
  ANSWERED_BY,
  type CallRecord,
  decimalText,
  isFinalStatus,
  objectId,
  PRICINGS,
  PROPERTIES,
  publicAttempt,
  RELATION_NAMES,
  relationIdName,
  retryPolicy,
  timestampInput,
} from "@call-log/model";
import { z } from "zod";

import { type ImportRefusal, isObject, plainRow, revivedDates, rowFault } from "./imported-row.ts";

/** Result of a row: a record and the names it had that a call log does not know, or why there is no record. */
export type ImportedCall =
  | { record: CallRecord; ignored: string[] }
  | { record: undefined; refusal: ImportRefusal };

/** In place of a request's digest; no request has this value. */
const NO_REQUEST = "imported";
const NO_PLAN: CallRecord["plan"] = {
  steps: [],
  retry: retryPolicy.parse({}),
  reachedWhen: "answered",
  onUnknown: "hold",
  sensitive: false,
};
/** Longest `callData`, in characters of JSON; a document of MongoDB holds 16 MB. */
const MAX_CALL_DATA = 1_000_000;
/** A long number as spreadsheets write it: 1.5556E+10, or 1,5556E+10 in some countries. */
const SCIENTIFIC = /^[+-]?[\d.,]+e[+-]?\d+$/i;

/**
 * The record of a call that another system placed, from a row of its call log: plain values, or OneUptime's `{_type, value}`. `_id`,
 * dates, numbers and status stay as they are. Nothing will ever be dialled for it: no plan, no wake time, a status that is over.
 */
export function importedCallRecord(row: unknown, projectId: string): ImportedCall {
  if (!isObject(row)) return refused("", "must be an object");
  const given = plainRow(row);
  const fault = rowFault(given);
  if (fault !== undefined) return { record: undefined, refusal: fault };
  const parsed = importedCall.safeParse(given);
  if (!parsed.success) return refusalOf(parsed.error, given);
  const call = parsed.data;
  const other = RELATION_NAMES.find((name) => isOther(call[name]?._id, call[relationIdName(name)]));
  if (other !== undefined) return refused(other, `has another _id than ${relationIdName(other)}`);
  const record = {
    ...call,
    ...relationIds(call),
    projectId,
    updatedAt: call.updatedAt ?? call.createdAt,
    attemptCount: call.attemptCount ?? call.attempts.length,
    // Why it can't be called again: its text was deleted or is unknown.
    plan: { ...NO_PLAN, sensitive: call.callData["sensitive"] === true },
    requestDigest: NO_REQUEST,
    revision: 0,
  };
  const ignored = Object.keys(given).filter((name) => !Object.hasOwn(PROPERTIES, name));
  return { record: withoutUndefined(record) as unknown as CallRecord, ignored };
}

const MISSING = "is missing";

const text = z.string({ error: "must be text" });
const shortText = text.min(1, { error: "must not be empty" }).max(100, {
  error: "must be at most 100 characters",
});

const writtenPhone = shortText
  .refine((written) => !SCIENTIFIC.test(written), {
    error:
      "is what a spreadsheet has made of a number, whose digits are lost; take them from the source",
  })
  .refine((written) => !written.includes("•"), {
    error: "is masked; export with a key that may see numbers",
  });

const number = z.union([z.number(), decimalText], {
  error: "must be a number, as text of digits and a point alone, such as 1.3",
});

const status = shortText.refine(isFinalStatus, {
  error: "must be a status of a call that is over: nothing would ever end this one here",
});

const callData = z
  .record(z.string(), z.unknown(), { error: "must be a JSON object" })
  .refine((data) => JSON.stringify(data).length <= MAX_CALL_DATA, {
    error: `must be at most ${MAX_CALL_DATA} characters of JSON`,
  });

const column = text.optional();
const snapshot = z.preprocess(
  (value) => (typeof value === "string" ? { _id: value } : value),
  z.object(
    {
      _id: objectId,
      name: column,
      title: column,
      email: column,
      number: z.union([text, z.number()]).optional(),
    },
    { error: "must be an object or an id" },
  ),
);

const relations = Object.fromEntries(
  RELATION_NAMES.flatMap((name) => [
    [name, snapshot.optional()],
    [relationIdName(name), objectId.optional()],
  ]),
) as { [N in (typeof RELATION_NAMES)[number]]: z.ZodOptional<typeof snapshot> } & {
  [N in `${(typeof RELATION_NAMES)[number]}Id`]: z.ZodOptional<typeof objectId>;
};

// As an export has it, where null and no value are equal.
const importedAttempt = publicAttempt.extend({
  price: z
    .object({
      amount: text.nullable().default(null),
      currency: text.nullable().default(null),
      pricing: z.enum(PRICINGS),
    })
    .optional(),
});

const importedCall = z.object({
  _id: objectId,
  createdAt: timestampInput,
  updatedAt: timestampInput.optional(),
  toNumber: writtenPhone,
  fromNumber: writtenPhone,
  callData: callData.default({}),
  status,
  statusMessage: text.optional(),
  callCostInUSDCents: number.default(0),
  ...relations,
  attempts: z.preprocess((value) => revivedDates(value), z.array(importedAttempt)).default([]),
  attemptCount: number.optional(),
  answeredBy: z.enum(ANSWERED_BY).optional(),
  acknowledgedAt: timestampInput.optional(),
  scheduledAt: timestampInput.optional(),
  deadlineAt: timestampInput.optional(),
  idempotencyKey: text.optional(),
  tags: z.array(text, { error: "must be a list of texts" }).default([]),
  provider: text.optional(),
  // Nobody will ask for the price any more.
  pricing: z
    .enum(PRICINGS)
    .transform((pricing) => (pricing === "pending" ? "estimated" : pricing))
    .optional(),
  retryOf: objectId.optional(),
});

function isOther(id: string | undefined, other: string | undefined): boolean {
  return id !== undefined && other !== undefined && id !== other;
}

function refused(field: string, reason: string): ImportedCall {
  return { record: undefined, refusal: { field, reason } };
}

function refusalOf(error: z.ZodError, given: Record<string, unknown>): ImportedCall {
  const { path, message } = error.issues[0]!;
  const isMissing = valueAt(given, path) === undefined;
  return refused(path.join("."), isMissing ? MISSING : message);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isObject(inner) || Array.isArray(inner) ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function relationIds(call: z.output<typeof importedCall>): Record<string, unknown> {
  return Object.fromEntries(
    RELATION_NAMES.map((name) => [
      relationIdName(name),
      call[relationIdName(name)] ?? call[name]?._id,
    ]),
  );
}

function withoutUndefined(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
