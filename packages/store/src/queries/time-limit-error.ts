import { CallLogError } from "@call-log/model";

/**
 * What a caller is told of a search that the database gave up at its time limit: SERVICE_UNAVAILABLE, and what to do
 * about it.
 */
export function timeLimitError(cause: unknown): CallLogError {
  const text = "The search took too long. Narrow it, for example by createdAt or status.";
  return new CallLogError("SERVICE_UNAVAILABLE", text, { cause });
}
