import type { Document } from "mongodb";

import { reversed } from "../calls/call-lookup.ts";
import type { SearchWithin } from "./search-within.ts";

/** A range of an index that has numbers in order. */
export interface NumberRange {
  /** The field of the index. */
  path: "toNumber" | "fromNumber" | "lookup.toReversed";
  /** What its values begin with. */
  start: string;
}

/** Most numbers that a list may be asked for; an index is read for each. */
export const MOST_NUMBERS = 200;
/** Calls that one look reads. */
const AT_ONCE = 200;
const MOST_LOOKS = 25;

/**
 * The numbers of calls, each once, whose value begins so: read from the index in its order, past the calls of a number
 * that has many. Undefined when there are too many of them.
 */
export async function distinctNumbers(
  { calls, projectId, maxTimeMS }: SearchWithin,
  { path, start }: NumberRange,
): Promise<string[] | undefined> {
  const name = path === "fromNumber" ? "fromNumber" : "toNumber";
  const numbers = new Set<string>();
  const below = start === "" ? {} : { $lt: afterStart(start) };
  let from: Document = { $gte: start };
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const found = await calls
      .find({ projectId, [path]: { ...from, ...below } }, { maxTimeMS })
      .sort({ [path]: 1, createdAt: -1, _id: -1 })
      .limit(AT_ONCE)
      .project<{ toNumber?: string; fromNumber?: string }>({ _id: 0, [name]: 1 })
      .toArray();
    for (const call of found) numbers.add(call[name] ?? "");
    if (numbers.size > MOST_NUMBERS) return undefined;
    if (found.length < AT_ONCE) return [...numbers];
    const last = found.at(-1)?.[name] ?? "";
    from = { $gt: name === path ? last : reversed(last) };
  }
  return undefined;
}

/** The first text after all that begin with a text of digits. */
export function afterStart(start: string): string {
  return start.slice(0, -1) + String.fromCodePoint((start.codePointAt(start.length - 1) ?? 0) + 1);
}
