import {
  ANSWERED_BY,
  attempt,
  type CallRecord,
  isFinalStatus,
  objectId,
  PRICINGS,
  PROPERTIES,
  RELATION_NAMES,
  relationIdName,
  retryPolicy,
  SNAPSHOT_COLUMNS,
  timestampInput,
} from "@call-log/model";
import { z } from "zod";

/** Why a row can't be imported. */
export interface ImportRefusal {
  /** Dotted path of the property; empty when it is the row itself. */
  field: string;
  reason: string;
}

/** What became of a row: a record and the names that it had but a call log has not, or why there is none. */
export type ImportedCall =
  | { record: CallRecord; ignored: string[] }
  | { record: undefined; refusal: ImportRefusal };

/** Stands where the digest of a request would be; no request has it. */
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
/** MongoDB takes documents nested to 100 levels. */
const MAX_DEPTH = 80;

/**
 * The record of a call that another system placed, from a row of its call log: plain values, or OneUptime's `{_type, value}`. `_id`,
 * dates, numbers and status stay as they are. Nothing will ever be dialled for it: no plan, no wake time, a status that is over.
 */
export function importedCallRecord(row: unknown, projectId: string): ImportedCall {
  if (!isObject(row)) return refused("", "must be an object");
  const given = withoutNulls(row);
  const parsed = importedCall.safeParse(given);
  if (!parsed.success) return refusalOf(parsed.error, given);
  const call = parsed.data;
  const record = {
    ...call,
    ...relationIds(call),
    projectId,
    updatedAt: call.updatedAt ?? call.createdAt,
    attemptCount: call.attemptCount ?? call.attempts.length,
    plan: NO_PLAN,
    requestDigest: NO_REQUEST,
    revision: 0,
  };
  const ignored = Object.keys(given).filter((name) => !Object.hasOwn(PROPERTIES, name));
  return { record: withoutUndefined(record) as unknown as CallRecord, ignored };
}

const MISSING = "is missing";

const text = z.string({ error: "must be text" });
const writtenPhone = text.min(1, { error: "must not be empty" }).max(100, {
  error: "must be at most 100 characters",
});

const number = z.preprocess(
  (value) => (typeof value === "string" && value.trim() !== "" ? Number(value) : value),
  z.number({ error: "must be a number" }),
);

const status = writtenPhone.refine(isFinalStatus, {
  error: "must be a status of a call that is over: nothing would ever end this one here",
});

const callData = z
  .record(z.string(), z.unknown(), { error: "must be a JSON object" })
  .refine((data) => JSON.stringify(data).length <= MAX_CALL_DATA, {
    error: `must be at most ${MAX_CALL_DATA} characters of JSON`,
  })
  .refine((data) => isStorable(data, MAX_DEPTH), {
    error: `must be nested at most ${MAX_DEPTH} levels, and no key may hold a NUL character`,
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
  attempts: z.preprocess((value) => revivedDates(value), z.array(attempt)).default([]),
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

// `callData` is the caller's own; it stays untouched inside.
function withoutNulls(row: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(row).map(([name, value]): [string, unknown] => [
    name,
    name === "callData" ? unwrapped(value) : bare(row, name),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

function bare(row: Record<string, unknown>, name: string): unknown {
  const value = unwrapped(row[name]);
  if (!isObject(value) || !(RELATION_NAMES as string[]).includes(name)) return value;
  const columns = ["_id", ...SNAPSHOT_COLUMNS].map((key) => [key, unwrapped(value[key])]);
  const given = columns.filter(([, inner]) => inner !== null && inner !== undefined);
  const id = unwrapped(row[`${name}Id`]);
  return { ...(typeof id === "string" && { _id: id }), ...Object.fromEntries(given) };
}

function unwrapped(value: unknown): unknown {
  if (!isObject(value)) return value;
  const isWrapper = typeof value["_type"] === "string" && Object.hasOwn(value, "value");
  return isWrapper && Object.keys(value).length === 2 ? value["value"] : value;
}

function withoutUndefined(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function isStorable(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(
    ([key, inner]) => !key.includes("\0") && isStorable(inner, depth - 1),
  );
}

function revivedDates(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => revivedDates(item));
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== null)
        .map(([name, inner]) => [name, revivedDates(inner, name)]),
    );
  const isTime = (key === "at" || key.endsWith("At")) && typeof value === "string";
  return isTime ? new Date(value) : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
