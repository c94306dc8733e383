import { dayMinute } from "../format/time.ts";
import { t, tIn } from "../language/translate.ts";
import { permissionName } from "./permission-words.ts";
import { statusName } from "./status-words.ts";

/** Longest value in a sentence; longer ones are in the raw facts. */
const MOST_CHARACTERS = 100;

const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Fields whose values have words of their own. */
const OWN: Readonly<Record<string, (value: string) => string>> = {
  status: statusName,
  permissions: permissionName,
};

/** Parts of values, such as those of a budget. */
const PARTS: Readonly<Record<string, () => string>> = {
  calls: () => tIn("part", "calls"),
  seconds: () => tIn("part", "seconds"),
  perDayUSD: () => tIn("part", "USD per day"),
  perMonthUSD: () => tIn("part", "USD per month"),
  prepaidUSD: () => tIn("part", "USD prepaid"),
  reserveUSD: () => tIn("part", "USD set aside for a call"),
  from: () => tIn("part", "from"),
  to: () => tIn("part", "to"),
  timeZone: () => tIn("part", "in"),
};

/** What is said of no value. */
export const NOTHING = "–";

/** A value of the audit trail in words; a dash for none, and three dots for one that is too long for a sentence. */
export function recordedValue(field: string, value: unknown): string {
  const text = inWords(field, value);
  return text.length > MOST_CHARACTERS ? "…" : text || NOTHING;
}

function inWords(field: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (Array.isArray(value)) return value.map((one) => inWords(field, one)).join(", ");
  if (typeof value === "object") return partsInWords(value as Record<string, unknown>);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (MOMENT.test(text)) return dayMinute(text);
  return Object.hasOwn(OWN, field) ? OWN[field]!(text) : text;
}

// Of a pause, its reason says it all: who and when are in the line.
function partsInWords(value: Record<string, unknown>): string {
  if (typeof value["reason"] === "string") return value["reason"];
  return Object.entries(value)
    .map(([name, part]) => `${PARTS[name]?.() ?? name} ${inWords(name, part)}`)
    .join(", ");
}
