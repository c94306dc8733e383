import { createHash } from "node:crypto";

import { CallLogError } from "@call-log/model";
import { z } from "zod";

/** How far figures have been read: everything from here on is counted. */
export interface FiguresPlace {
  /** Calls before this moment are left, or those of this moment whose id is lower. */
  before?: Date | undefined;
  id?: string | undefined;
  /** Longest span that is asked for at a time, in milliseconds; none where the database finds the calls fast enough. */
  windowMs?: number | undefined;
  /** The span whose buckets the answer before had. */
  span?: { from: Date; to: Date } | undefined;
}

/** What a cursor belongs to: everything that decides what is counted. */
export type Question = Readonly<Record<string, unknown>> & { cursor?: string | undefined };

const date = z.iso.datetime().transform((text) => new Date(text));
const content = z.strictObject({
  before: date.optional(),
  id: z.string().optional(),
  windowMs: z.int().min(1).optional(),
  span: z.strictObject({ from: date, to: date }).optional(),
  question: z.string(),
});

/** A place as text: opaque to the caller, bound to its question. */
export function encodePlace(place: FiguresPlace, question: Question): string {
  const text = JSON.stringify({ ...place, question: digestOf(question) });
  return Buffer.from(text).toString("base64url");
}

/** The place in a text. Throws BAD_REQUEST for another text and for the cursor of another question. */
export function decodePlace(question: Question): FiguresPlace {
  if (question.cursor === undefined) return {};
  const parsed = content.safeParse(jsonIn(question.cursor));
  if (!parsed.success) throw new CallLogError("BAD_REQUEST", "cursor: is not a cursor of this API");
  const { question: digest, ...place } = parsed.data;
  if (digest !== digestOf(question))
    throw new CallLogError("BAD_REQUEST", "cursor: belongs to another question");
  return place;
}

function digestOf({ cursor: _place, inParts: _always, ...question }: Question): string {
  const text = JSON.stringify(Object.entries(question).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

function jsonIn(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, "base64url").toString());
  } catch {
    return undefined;
  }
}
