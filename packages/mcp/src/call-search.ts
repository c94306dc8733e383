import {
  CALL_STATUS_NAMES,
  CALL_STATUSES,
  CallLogError,
  type CallStatus,
  objectId,
  type QueryInput,
  timeZone,
  toE164,
} from "@call-log/model";
import { z } from "zod";

import { type Clock, parseMoment, parsePeriod } from "./text/period.ts";

/** Groups of statuses that are searched by one word. */
const STATUS_GROUPS = ["open", "reached", "not-reached", "failed", "canceled", "unknown"] as const;

const words = (description: string) => z.string().trim().min(1).max(200).meta({ description });

/** A time zone of a tool's words and answers. */
export const zoneField = timeZone.default("UTC").meta({
  description:
    "Time zone by its IANA name, for the words of times here and the times in the answer",
});

/** Fields that say which span of time is meant. */
export const periodFields = {
  when: words(
    'Span of time in words: "today", "yesterday", "last night", "last 2 hours", "this week", "last month", "October", "2026-10", "2026-10-05", or "FROM to UNTIL"',
  ).optional(),
  since: words(
    'Not before: ISO 8601, "2026-11-24 03:10", "03:10" of today, "2 hours ago", or a day or month',
  ).optional(),
  until: words("Before; in the same words as since").optional(),
  timeZone: zoneField,
};

/** Fields that say which calls are meant; all of them must hold. */
export const searchFields = {
  number: words(
    "Called number in any form, or how it ends: +49 171 1234567, 0171-1234567, 4711",
  ).optional(),
  name: words("Part of the callee's name or e-mail address").optional(),
  label: words(
    "What the call was about: an incident's, alert's or monitor's title or id, a tag, an idempotency key, or words that were said",
  ).optional(),
  status: z
    .enum([...STATUS_GROUPS, ...CALL_STATUS_NAMES])
    .optional()
    .meta({ description: "A status, or a group of statuses in small letters" }),
  ...periodFields,
};

const search = z.strictObject(searchFields);

/** Which calls are meant. */
export type CallSearch = z.output<typeof search>;

/** The span of time that is meant; an edge that is not given is absent. Throws a BAD_REQUEST that names the field. */
export function periodOf(
  { when, since, until, timeZone: zone }: Pick<CallSearch, keyof typeof periodFields>,
  now: Date,
): { from?: Date; to?: Date } {
  const clock: Clock = { now, timeZone: zone };
  const period = when === undefined ? undefined : parsePeriod(when, clock);
  if (when !== undefined && period === undefined)
    throw badTime("when", 'a span of time such as "last 2 hours", "yesterday" or "2026-10"');
  const from = since === undefined ? period?.from : momentOf("since", since, clock);
  const to = until === undefined ? period?.to : momentOf("until", until, clock);
  if (from && to && from >= to) throw badTime("until", "a time after since");
  return { ...(from && { from }), ...(to && { to }) };
}

function momentOf(field: "since" | "until", text: string, clock: Clock): Date {
  const moment = parseMoment(text, clock, field === "since" ? "from" : "to");
  if (moment === undefined)
    throw badTime(field, 'a time such as "2026-11-24T03:10:00Z", "03:10" or "2 hours ago"');
  return moment;
}

function badTime(field: string, what: string): CallLogError {
  return new CallLogError("BAD_REQUEST", `${field}: must be ${what}`);
}

/** The query of a search, in the language of the API. */
export function queryOf(given: CallSearch, now: Date): QueryInput {
  const conditions = [
    ...(given.number === undefined ? [] : [numberCondition(given.number)]),
    ...(given.name === undefined ? [] : [anyText(given.name, NAME_FIELDS)]),
    ...(given.label === undefined ? [] : [labelCondition(given.label)]),
    ...(given.status === undefined ? [] : [statusCondition(given.status)]),
    ...periodConditions(periodOf(given, now)),
  ];
  return conditions.length === 0 ? {} : { $and: conditions };
}

/** The conditions of a span of time: when a call was asked for. */
export function periodConditions({ from, to }: { from?: Date; to?: Date }): QueryInput[] {
  return [
    ...(from ? [{ createdAt: { $gte: from.toISOString() } }] : []),
    ...(to ? [{ createdAt: { $lt: to.toISOString() } }] : []),
  ];
}

// A whole number with its country code is found by the index; how a number ends is searched for.
function numberCondition(written: string): QueryInput {
  const international = toE164(written.replace(/^\s*00(?=[1-9])/, "+"));
  if (international !== undefined) return { toNumber: international };
  const digits = written.replaceAll(/\D/g, "");
  if (digits.length < 2)
    throw new CallLogError("BAD_REQUEST", "number: must have at least two digits");
  if (/^\s*\+/.test(written)) return { toNumber: { _type: "StartsWith", value: `+${digits}` } };
  // The first 0 of a number within a country is not part of it with its country code.
  return { toNumber: { _type: "EndsWith", value: digits.replace(/^0(?=\d{5})/, "") } };
}

const NAME_FIELDS = ["user.name", "user.email"];
const LABEL_FIELDS = [
  "incident.title",
  "alert.title",
  "monitor.name",
  "scheduledMaintenance.title",
  "statusPage.name",
  "statusPageAnnouncement.title",
  "tags",
  "idempotencyKey",
  "callData.message",
];
const LABEL_IDS = ["incidentId", "alertId", "monitorId", "scheduledMaintenanceId"] as const;

function labelCondition(label: string): QueryInput {
  const id = objectId.safeParse(label);
  if (!id.success) return anyText(label, LABEL_FIELDS);
  return { $or: [...LABEL_IDS.map((name) => ({ [name]: id.data })), { idempotencyKey: label }] };
}

function anyText(value: string, fields: string[]): QueryInput {
  return { search: { _type: "MultiSearch", value, fields } };
}

function statusCondition(status: NonNullable<CallSearch["status"]>): QueryInput {
  if (isStatus(status)) return { status };
  const inGroup = CALL_STATUS_NAMES.filter((name) => CALL_STATUSES[name].group === status);
  return { status: { _type: "Includes", value: inGroup } };
}

function isStatus(status: string): status is CallStatus {
  return Object.hasOwn(CALL_STATUSES, status);
}
