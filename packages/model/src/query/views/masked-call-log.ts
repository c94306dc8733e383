import type { z } from "zod";

import type { publicAttempt } from "../../call/attempt.ts";
import type { PropertyName } from "../../call/call-log.ts";
import { RELATION_NAMES, relationIdName } from "../../call/relation.ts";
import { maskedNumber, withMaskedNumbers } from "../../phone/masked-number.ts";
import type { FetchedCallLog } from "./present-call-log.ts";

/**
 * How a value is shown to a key that reads masked call logs: as it is (then it can be searched and sorted by, too), a phone number with
 * its middle hidden, a text of ours or the carrier's with the numbers in it
 * hidden, or events without the names of who acted.
 */
type Masking = "shown" | "number" | "text" | "events";

type PublicAttempt = z.output<typeof publicAttempt>;
type MaskedProperty = Exclude<PropertyName, "attempts">;

const RELATION_IDS = Object.fromEntries(
  RELATION_NAMES.map((name) => [relationIdName(name), "shown"]),
) as Record<ReturnType<typeof relationIdName>, Masking>;

/**
 * What a masked key sees of a call log. Everything else is hidden: what callers wrote, such as texts, tags, titles and
 * names.
 */
const PROPERTIES: Readonly<Partial<Record<MaskedProperty, Masking>>> = {
  _id: "shown",
  createdAt: "shown",
  updatedAt: "shown",
  projectId: "shown",
  toNumber: "number",
  fromNumber: "number",
  status: "shown",
  statusMessage: "text",
  callCostInUSDCents: "shown",
  attemptCount: "shown",
  answeredBy: "shown",
  acknowledgedAt: "shown",
  scheduledAt: "shown",
  deadlineAt: "shown",
  waitsFor: "shown",
  waitsUntil: "shown",
  provider: "shown",
  pricing: "shown",
  retryOf: "shown",
  ...RELATION_IDS,
};

/**
 * What a masked key sees of an attempt. Everything else is hidden: pressed digits, and which machine placed the call.
 */
const ATTEMPT: Readonly<Partial<Record<keyof PublicAttempt, Masking>>> = {
  _id: "shown",
  number: "shown",
  state: "shown",
  dueAt: "shown",
  callNowAt: "shown",
  provider: "shown",
  providerCallId: "shown",
  fromNumber: "number",
  claimedAt: "shown",
  submittedAt: "shown",
  answeredAt: "shown",
  endedAt: "shown",
  outcome: "shown",
  answeredBy: "shown",
  acknowledgedAt: "shown",
  sipResponseCode: "shown",
  errorCode: "shown",
  errorMessage: "text",
  errorClass: "shown",
  lostAnswer: "text",
  durationSeconds: "shown",
  price: "shown",
  pricePolls: "shown",
  recordPolls: "shown",
  recordReadAt: "shown",
  costInMicroUSD: "shown",
  events: "events",
};

/** What stands in the place of call data that is hidden. */
const HIDDEN_CALL_DATA = { masked: true };

const MASK = {
  shown: (value: unknown) => value,
  number: (value: unknown) => (typeof value === "string" ? maskedNumber(value) : undefined),
  text: (value: unknown) => (typeof value === "string" ? withMaskedNumbers(value) : undefined),
  events: (value: unknown) => (value as PublicAttempt["events"]).map(withoutNames),
} as const satisfies Record<Masking, (value: unknown) => unknown>;

/** A call log as a masked key sees it; what is hidden has no value. Of related resources the ids are left. */
export function maskedCallLog(call: FetchedCallLog): FetchedCallLog {
  const { attempts, callData } = call;
  return {
    ...(allowed(call, PROPERTIES) as FetchedCallLog),
    ...relationsOf(call),
    ...(attempts !== undefined && {
      attempts: attempts.map((attempt) => allowed(attempt, ATTEMPT) as PublicAttempt),
    }),
    ...(callData !== undefined && { callData: HIDDEN_CALL_DATA }),
  };
}

/**
 * True for a stored path, such as `attempts.0.outcome`, that a masked key sees as it is, so that it may search and sort
 * by it.
 */
export function isShownMasked(path: string): boolean {
  const [first = "", ...rest] = path.split(".").filter((name) => !/^\d+$/.test(name));
  if (first === "project") return rest[0] === "_id";
  if (first !== "attempts") return rest.length === 0 && maskingOf(PROPERTIES, first) === "shown";
  const [name, inside, last] = rest;
  if (name === "events") return inside !== "reason" && (inside !== "by" || last === "kind");
  return name === undefined || maskingOf(ATTEMPT, name) === "shown";
}

// Of who acted, what kind of actor it was; names and addresses are what people wrote.
function withoutNames({ by, reason: _words, ...event }: PublicAttempt["events"][number]) {
  return by === undefined ? event : { ...event, by: { kind: by.kind } };
}

function maskingOf(table: Readonly<Record<string, Masking>>, name: string): Masking | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function allowed(stored: object, table: Readonly<Record<string, Masking>>): object {
  const entries = Object.entries(stored).flatMap(([name, value]: [string, unknown]) => {
    const masking = maskingOf(table, name);
    return masking === undefined ? [] : [[name, MASK[masking](value)] as const];
  });
  return Object.fromEntries(entries);
}

function relationsOf(call: FetchedCallLog): Partial<FetchedCallLog> {
  return Object.fromEntries(
    RELATION_NAMES.flatMap((name) => {
      const id = call[name]?._id;
      return id === undefined ? [] : [[name, { _id: id }]];
    }),
  );
}
