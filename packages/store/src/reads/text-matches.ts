import type { FetchedCallLog, SearchTerms } from "@call-log/model";
import type { Document } from "mongodb";

import { textPattern } from "../queries/filter-pattern.ts";
import type { FoundCalls } from "./found-calls.ts";

/** Most calls that are read of those that match. */
export const MOST_READ = 200;

const TEXT_PATHS = [
  "user.name",
  "user.email",
  "incident.title",
  "incident.name",
  "callData.message",
  "statusMessage",
  "tags",
] as const;

/** The conditions of which a call passes one when the text stands in it anywhere. */
export function conditionsOn({ text, digits, providerCallId }: SearchTerms): Document[] {
  const pattern = textPattern(text, "anywhere");
  return [
    ...TEXT_PATHS.map((path) => ({ [path]: { $regex: pattern } })),
    ...(digits === undefined ? [] : [{ toNumber: { $regex: digits } }]),
    ...(providerCallId === undefined
      ? []
      : [{ "attempts.providerCallId": { $regex: textPattern(providerCallId, "start") } }]),
  ];
}

/** A call is in each group that it matches by; one that no shown property matches was found by its provider's id. */
export function grouped(
  found: readonly FetchedCallLog[],
  { text, digits }: SearchTerms,
): Omit<FoundCalls, "among" | "isCut"> {
  const pattern = new RegExp(textPattern(text, "anywhere"), "u");
  const has = (...values: unknown[]) =>
    values.flat().some((value) => typeof value === "string" && pattern.test(value));
  const isPerson = ({ user, toNumber = "" }: FetchedCallLog) =>
    has(user?.name, user?.email) || (digits !== undefined && toNumber.includes(digits));
  const isIncident = ({ incident }: FetchedCallLog) => has(incident?.title, incident?.name);
  const isText = ({ callData, statusMessage, tags }: FetchedCallLog) =>
    has((callData as { message?: unknown } | undefined)?.message, statusMessage, tags);
  const isEnd = ({ toNumber = "" }: FetchedCallLog) =>
    digits !== undefined && toNumber.endsWith(digits);
  const people = found.filter(isPerson);
  return {
    // A number that ends so is rather meant than one with the digits within.
    people: [...people.filter(isEnd), ...people.filter((call) => !isEnd(call))],
    incidents: found.filter(isIncident),
    texts: found.filter(isText),
    calls: found.filter((call) => !isPerson(call) && !isIncident(call) && !isText(call)),
  };
}
