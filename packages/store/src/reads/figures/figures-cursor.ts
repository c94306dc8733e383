import { createHash } from "node:crypto";

import { CallLogError, type FiguresQuery } from "@call-log/model";
import { z } from "zod";

/** How far figures have been read: everything from here on is counted. */
export interface FiguresPlace {
  /** Calls before this moment are left, or those of this moment whose id is lower. */
  before?: Date | undefined;
  id?: string | undefined;
  /** Longest span that is asked for at a time, in milliseconds; none where the database finds the calls fast enough. */
  windowMs?: number | undefined;
}

type Question = { projectId: string } & FiguresQuery;

const content = z.strictObject({
  before: z.iso.datetime().optional(),
  id: z.string().optional(),
  windowMs: z.int().min(1).optional(),
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
  const { question: digest, before, ...rest } = parsed.data;
  if (digest !== digestOf(question))
    throw new CallLogError("BAD_REQUEST", "cursor: belongs to another question");
  return { ...rest, ...(before !== undefined && { before: new Date(before) }) };
}

function digestOf({ cursor: _place, ...question }: Question): string {
  const { projectId, query, from, to, by, timeZone } = question;
  const text = JSON.stringify([projectId, query, from, to, by, timeZone]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

function jsonIn(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, "base64url").toString());
  } catch {
    return undefined;
  }
}
