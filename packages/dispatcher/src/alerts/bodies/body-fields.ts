import { createHash } from "node:crypto";

import { scalarText } from "@call-log/model";

/** A JSON object, whose values are not known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Most characters of a text that is read of a body; no person listens to more. */
const MAX_TEXT = 10_000;
/** Most labels that are read of an alert. */
const MAX_LABELS = 200;

/** The value as an object, or undefined for any other value. */
export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** A field as text, trimmed; empty for what is no text, number or boolean. Halves of characters are replaced. */
export function textOf(object: JsonObject | undefined, name: string): string {
  if (object === undefined || !Object.hasOwn(object, name)) return "";
  return wellFormed(scalarText(object[name])).trim();
}

/** The first text among these that is not empty. */
export function firstText(...texts: readonly string[]): string {
  return texts.find((text) => text !== "") ?? "";
}

/** The texts, numbers and booleans of an object, by their names. */
export function textsOf(value: unknown): Record<string, string> {
  const entries = Object.entries(objectOf(value) ?? {})
    .slice(0, MAX_LABELS)
    .map(([name, one]) => [wellFormed(name), wellFormed(scalarText(one))] as const)
    .filter(([name, text]) => name !== "" && text !== "");
  return Object.fromEntries(entries);
}

/** A time as sources write it: ISO 8601, or seconds or milliseconds since 1970. Undefined for anything else, and for Go's zero time. */
export function timeOf(text: string): Date | undefined {
  const isNumber = /^\d{9,13}(\.\d+)?$/.test(text);
  const seconds = Number(text);
  const at = isNumber
    ? new Date(seconds < 100_000_000_000 ? seconds * 1000 : seconds)
    : isoTime(text);
  const year = at?.getUTCFullYear() ?? Number.NaN;
  return at !== undefined && year >= 1970 && year <= 9999 ? at : undefined;
}

/** A name for an alert whose source gives it none: the same one for the same title and labels. */
export function madeFingerprint(title: string, labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([title, sorted]))
    .digest("hex")
    .slice(0, 32);
}

/** An address of a page, or undefined for anything but http and https. */
export function pageOf(text: string): string | undefined {
  return /^https?:\/\/\S+$/i.test(text) ? text : undefined;
}

function isoTime(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function wellFormed(text: string): string {
  return text.slice(0, MAX_TEXT).replaceAll(/\p{Surrogate}/gu, "\uFFFD");
}
