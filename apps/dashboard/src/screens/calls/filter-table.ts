import {
  ANSWERED_BY,
  CALL_OUTCOME_NAMES,
  CALL_STATUS_NAMES,
  PRICINGS,
  REFUSAL_CLASSES,
  type QueryInput,
} from "@call-log/model";

import { fieldText, momentIn, namedRange, zoneOf } from "../../components/time-range/time-range.ts";
import { ZONE } from "../../format/time.ts";
import { t } from "../../language/translate.ts";
import { answeredByName } from "../../words/answered-words.ts";
import { errorClassName } from "../../words/error-class-words.ts";
import { insideSentence } from "../../words/inside-sentence.ts";
import { outcomeWording } from "../../words/outcome-words.ts";
import { pricingName } from "../../words/pricing-words.ts";
import { statusName } from "../../words/status-words.ts";

/** One filter of the table: a parameter of the address, and its condition. */
export interface CallFilter {
  param: string;
  label: string;
  /** Placeholder of its field. */
  placeholder: string;
  /** Its condition, in an address; `{}` for none. */
  condition: (value: string, address: URLSearchParams) => QueryInput;
  /** Allowed values, one or several separated by commas; any text if absent. */
  choices?: readonly { value: string; label: string }[];
  /** Kind of text; plain text if absent. */
  type?: "datetime-local" | "tel" | "number";
  /** True if calls can also be left out by it: `not-status=Busy`. */
  hasOpposite?: true;
  /** True if it is not in the menu of filters. */
  isUnlisted?: true;
  /** True if the server refuses it for a key with masked access. */
  isMasked?: true;
  /** How a chip shows the value; unchanged if absent. */
  show?: (value: string, address: URLSearchParams) => string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A moment of the address in ISO 8601; a text that is none unchanged, for the server to refuse. */
function moment(value: string, address: URLSearchParams, end: "start" | "end"): string {
  return momentIn(value, zoneOf(address, ZONE), end)?.toISOString() ?? value;
}

function oneOf(value: string): readonly string[] {
  return value.split(",").filter((part) => part !== "");
}

function choicesOf<Name extends string>(names: readonly Name[], labelOf: (name: Name) => string) {
  return names.map((name) => ({ value: name, label: labelOf(name) }));
}

/** How a chip shows values that have names. */
function shownAs<Name extends string>(nameOf: (name: Name) => string) {
  return (value: string) =>
    oneOf(value)
      .map((one) => nameOf(one as Name))
      .join(", ");
}

// People type numbers with spaces, brackets and dashes; the log has none.
const plainNumber = (value: string) => value.replaceAll(/[\s().-]/g, "");

function showMoment(value: string, address: URLSearchParams): string {
  const zone = zoneOf(address, ZONE);
  const found = DAY.test(value) ? undefined : momentIn(value, zone, "start");
  return found === undefined ? value : fieldText(found, zone).replace("T", " ");
}

/** Properties that free text is searched in by a key with masked access. */
const MASKED_TEXT_FIELDS = ["_id", "incidentId", "userId", "attempts.providerCallId"];

/** Properties that free text is searched in. */
const TEXT_FIELDS = [
  "toNumber",
  "fromNumber",
  "statusMessage",
  "callData.message",
  "incident.title",
  "user.name",
  "user.email",
  "tags",
];

/** All filters in the order of the menu, without their opposites. */
const POSITIVE: readonly CallFilter[] = [
  {
    param: "text",
    label: t("Text"),
    placeholder: t("in numbers, messages, incident, user, tags"),
    condition: (value, address) => ({
      search: {
        _type: "MultiSearch",
        value,
        fields: address.has("masked") ? MASKED_TEXT_FIELDS : TEXT_FIELDS,
      },
    }),
  },
  {
    param: "status",
    hasOpposite: true,
    label: t("Status"),
    placeholder: "Busy,No Answer",
    choices: choicesOf(CALL_STATUS_NAMES, statusName),
    show: shownAs(statusName),
    condition: (value) => ({ status: { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "outcome",
    label: t("Outcome of an attempt"),
    placeholder: "voicemail",
    choices: choicesOf(CALL_OUTCOME_NAMES, outcomeWording),
    condition: (value) => ({ "attempts.outcome": { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "to",
    hasOpposite: true,
    label: t("Called number"),
    isMasked: true,
    placeholder: t("+15550100100, or how it begins"),
    type: "tel",
    condition: (value) => ({ toNumber: { _type: "StartsWith", value: plainNumber(value) } }),
  },
  {
    param: "number-from",
    hasOpposite: true,
    label: t("From number"),
    isMasked: true,
    placeholder: "+15551112222",
    type: "tel",
    condition: (value) => ({ fromNumber: { _type: "StartsWith", value: plainNumber(value) } }),
  },
  {
    param: "range",
    label: t("Time"),
    placeholder: "24h",
    isUnlisted: true,
    show: (value) => namedRange(value)?.label ?? value,
    // The address of the screen has its two moments, too; the server refuses a name that is none.
    condition: (value) =>
      namedRange(value) === undefined ? { createdAt: { _type: "EqualTo", value } } : {},
  },
  {
    param: "since",
    isUnlisted: true,
    label: t("Since"),
    placeholder: "2026-11-24",
    type: "datetime-local",
    show: showMoment,
    condition: (value, address) => ({
      createdAt: { _type: "GreaterThanOrEqual", value: moment(value, address, "start") },
    }),
  },
  {
    param: "until",
    isUnlisted: true,
    label: t("Until"),
    placeholder: "2026-11-24",
    type: "datetime-local",
    show: showMoment,
    condition: (value, address) => ({
      createdAt: { _type: "LessThanOrEqual", value: moment(value, address, "end") },
    }),
  },
  {
    param: "incident",
    hasOpposite: true,
    label: t("Incident id"),
    placeholder: t("an incident's id"),
    condition: (value) => ({ incidentId: { _type: "EqualTo", value } }),
  },
  {
    param: "user",
    hasOpposite: true,
    label: t("Person's id"),
    placeholder: t("a person's id"),
    condition: (value) => ({ userId: { _type: "EqualTo", value } }),
  },
  {
    param: "tag",
    hasOpposite: true,
    label: t("Tag"),
    isMasked: true,
    placeholder: "night",
    condition: (value) => ({ tags: { _type: "IncludesAll", value: oneOf(value) } }),
  },
  {
    param: "provider",
    hasOpposite: true,
    label: t("Provider"),
    placeholder: "twilio",
    condition: (value) => ({ provider: { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "answered",
    label: t("Answered by"),
    hasOpposite: true,
    placeholder: "human",
    choices: choicesOf(ANSWERED_BY, answeredByName),
    show: shownAs(answeredByName),
    condition: (value) => ({ answeredBy: { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "attempts",
    label: t("Number of attempts"),
    hasOpposite: true,
    placeholder: "3",
    type: "number",
    condition: (value) => ({ attemptCount: { _type: "EqualTo", value: Number(value) } }),
  },
  {
    param: "error-class",
    label: t("Error class"),
    placeholder: "fromNumber",
    choices: choicesOf(REFUSAL_CLASSES, errorClassName),
    show: shownAs(errorClassName),
    condition: (value) => ({ "attempts.errorClass": { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "pricing",
    label: t("Price"),
    placeholder: "pending",
    choices: choicesOf(PRICINGS, pricingName),
    show: shownAs(pricingName),
    condition: (value) => ({ pricing: { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "cost-from",
    label: t("Cost from (US cents)"),
    placeholder: "1.5",
    type: "number",
    condition: (value) => ({
      callCostInUSDCents: { _type: "GreaterThanOrEqual", value: Number(value) },
    }),
  },
  {
    param: "cost-to",
    label: t("Cost to (US cents)"),
    placeholder: "100",
    type: "number",
    condition: (value) => ({
      callCostInUSDCents: { _type: "LessThanOrEqual", value: Number(value) },
    }),
  },
];

// Calls without a value are none of those that are left out.
function oppositeOf(filter: CallFilter): CallFilter {
  return {
    ...filter,
    param: `not-${filter.param}`,
    label: t("Not {filter}", { filter: insideSentence(filter.label) }),
    isUnlisted: true,
    condition: (value, address) => ({
      $nor: oneOf(value).map((one) => filter.condition(one, address)),
    }),
  };
}

/** All filters of the table, in the order of the menu. */
export const FILTERS: readonly CallFilter[] = [
  ...POSITIVE,
  ...POSITIVE.filter(({ hasOpposite }) => hasOpposite).map(oppositeOf),
];
