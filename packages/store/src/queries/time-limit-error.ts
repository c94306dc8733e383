import { CallLogError } from "@call-log/model";

/**
 * The error for a search that reached the database's time limit: SERVICE_UNAVAILABLE, with advice.
 */
export function timeLimitError(cause: unknown): CallLogError {
  const text = "The search took too long. Narrow it, for example by createdAt or status.";
  return new CallLogError("SERVICE_UNAVAILABLE", text, { cause });
}
