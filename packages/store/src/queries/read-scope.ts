import { CallLogError, type Filter } from "@call-log/model";
import type { Document } from "mongodb";

import { isTimeLimit } from "../database-error.ts";
import { toMongoFilter } from "./filter.ts";

const TOO_LONG =
  "query: takes the database too long. Narrow it, for example by createdAt, or send inParts: true.";

/** The filter of a query within one project. The scope is put on last; nothing rewrites keys after it. */
export function scoped(projectId: string, query: Filter): Document {
  return { $and: [{ projectId }, toMongoFilter(query)] };
}

/**
 * Read from the database; for who asks for parts, otherwise when it gave up at its time limit. BAD_REQUEST for who does
 * not: asked again, the database would give up again.
 */
export async function orInParts<T>(
  inParts: boolean | undefined,
  read: () => Promise<T>,
  otherwise: () => Promise<T> | T,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isTimeLimit(error)) throw error;
    if (inParts !== true) throw new CallLogError("BAD_REQUEST", TOO_LONG, { cause: error });
    return otherwise();
  }
}
