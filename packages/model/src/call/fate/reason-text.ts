import type { CallLogView } from "../../query/views/present-call-log.ts";
import type { TimeWords } from "./fate.ts";

const MOMENT = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/g;

/** What stands before a reason in a message, and in front of what a request had wrong. */
const PREFIXES = [/^Waits: /, /^Not dialled: /, /^toNumber: /];

const BUDGET = /^([\d.]+) USD do not fit; (.*)$/;
const BUDGET_LINE = /([\d.]+) of (.+?), ([\d.]+) USD, (?:are|is) spent or set aside/g;

/** The reason in a call's message, in words and by the reader's clock; empty for a call without one. */
export function reasonText(
  { statusMessage, waitsFor }: Pick<CallLogView, "statusMessage" | "waitsFor">,
  { day }: TimeWords,
): string {
  let text = (statusMessage ?? "").replace(/[.\s]+$/, "");
  if (waitsFor === "retry") text = text.replace(/ on attempt \d+; next attempt .*$/, "");
  for (const prefix of PREFIXES) text = text.replace(prefix, "");
  text = inDollars(text)
    .replaceAll(/\bcalls to ([A-Z]{2})\b/g, (_all, code: string) => `calls to ${country(code)}`)
    .replace(/allowed: (.+)$/, (_all, codes: string) => `allowed: ${countries(codes)}`)
    .replaceAll(MOMENT, (iso) => day(iso));
  return waitsFor ? lowerFirst(text) : text;
}

/** What a budget refused, in words. */
function inDollars(text: string): string {
  const found = BUDGET.exec(text);
  if (found === null) return text;
  const lines = (found[2] ?? "").replaceAll(
    BUDGET_LINE,
    "$$$1 of $2 of $$$3 is spent or set aside",
  );
  return `$${found[1]} is set aside for a call, and ${lines}`;
}

function country(code: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code;
  } catch {
    // No country has this code; as it stands it is the best that is known.
    return code;
  }
}

function countries(codes: string): string {
  return codes
    .split(", ")
    .map((code) => (/^[A-Z]{2}$/.test(code) ? country(code) : code))
    .join(", ");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
