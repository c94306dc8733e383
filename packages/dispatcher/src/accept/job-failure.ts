import { CallLogError, type ErrorCode } from "@call-log/model";
import { isDatabaseAway, isSignInRefused, isTimeLimit } from "@call-log/store";

/** Why a queued request was not accepted: it is invalid, something it needs is away, or the reason is unknown. */
export type JobFailure = "refused" | "away" | "unclear";

/** How often a job is started at most, by why it fails. What is away comes back, and no request is lost until then. */
const MOST_STARTS = {
  refused: 1,
  away: Infinity,
  // Waits of 1, 2, 4 … 60 seconds: two minutes in all, for what heals by itself.
  unclear: 8,
} as const satisfies Record<JobFailure, number>;

const FAILURE_OF_CODE = {
  BAD_REQUEST: "refused",
  UNAUTHORIZED: "refused",
  FORBIDDEN: "refused",
  NOT_FOUND: "refused",
  CONFLICT: "refused",
  PAYLOAD_TOO_LARGE: "refused",
  UNSUPPORTED_MEDIA_TYPE: "refused",
  UNPROCESSABLE_CONTENT: "refused",
  TOO_MANY_REQUESTS: "away",
  INTERNAL_SERVER_ERROR: "unclear",
  SERVICE_UNAVAILABLE: "away",
} as const satisfies Record<ErrorCode, JobFailure>;

/** Why a queued request was not accepted, by what was thrown. */
export function jobFailureOf(error: unknown): JobFailure {
  if (error instanceof CallLogError) return FAILURE_OF_CODE[error.code];
  return isDatabaseAway(error) || isTimeLimit(error) || isSignInRefused(error) ? "away" : "unclear";
}

/** True when a job that failed so at its n-th start is not started again. */
export function isLastStart(failure: JobFailure, starts: number): boolean {
  return starts >= MOST_STARTS[failure];
}
