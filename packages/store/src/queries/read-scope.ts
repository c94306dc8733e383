import type { Filter } from "@call-log/model";
import type { Document } from "mongodb";

import { isTimeLimit } from "../database-error.ts";
import { toMongoFilter } from "./filter.ts";
import { timeLimitError } from "./time-limit-error.ts";

/** The filter of a query within one project. The scope is put on last; nothing rewrites keys after it. */
export function scoped(projectId: string, query: Filter): Document {
  return { $and: [{ projectId }, toMongoFilter(query)] };
}

/** Read from the database; SERVICE_UNAVAILABLE, with what to do about it, when it gave up at its time limit. */
export async function withinTimeLimit<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw isTimeLimit(error) ? timeLimitError(error) : error;
  }
}

/** Read from the database; for who asks for parts, otherwise when it gave up at its time limit. */
export async function orInParts<T>(
  inParts: boolean | undefined,
  read: () => Promise<T>,
  otherwise: () => Promise<T> | T,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (inParts !== true || !isTimeLimit(error)) throw error;
    return otherwise();
  }
}
