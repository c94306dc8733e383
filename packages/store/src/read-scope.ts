import { CallLogError, type Filter } from "@call-log/model";
import type { Document } from "mongodb";

import { isTimeLimit } from "./database-error.ts";
import { toMongoFilter } from "./filter.ts";

/** The filter of a query within one project. The scope is put on last; nothing rewrites keys after it. */
export function scoped(projectId: string, query: Filter): Document {
  return { $and: [{ projectId }, toMongoFilter(query)] };
}

/** Read from the database; SERVICE_UNAVAILABLE, with what to do about it, when it gave up at its time limit. */
export async function withinTimeLimit<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isTimeLimit(error)) throw error;
    const text = "The search took too long; narrow it down, for example by createdAt, or try again";
    throw new CallLogError("SERVICE_UNAVAILABLE", text, { cause: error });
  }
}
