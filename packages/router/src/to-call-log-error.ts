import { CallLogError, ERROR_CODES, issueText, type ErrorCode } from "@call-log/model";
import { isDatabaseAway, isDatabaseFull, isTimeLimit } from "@call-log/store";
import { TRPCError } from "@trpc/server";
import { z } from "zod";

/** The only place where something thrown becomes an error with a code and a text for the caller. */
export function toCallLogError(thrown: unknown): CallLogError {
  if (thrown instanceof CallLogError) return thrown;
  if (thrown instanceof z.ZodError)
    return new CallLogError("BAD_REQUEST", issueText(thrown), { cause: thrown });
  if (thrown instanceof TRPCError) return fromTrpc(thrown);
  if (isTimeLimit(thrown))
    return new CallLogError("SERVICE_UNAVAILABLE", "The database took too long. Try again soon.", {
      cause: thrown,
    });
  if (isDatabaseFull(thrown))
    return new CallLogError(
      "SERVICE_UNAVAILABLE",
      "The disk of the database is full, so nothing can be written. Try again later.",
      { cause: thrown },
    );
  if (isDatabaseAway(thrown))
    return new CallLogError("SERVICE_UNAVAILABLE", "The database is away. Try again soon.", {
      cause: thrown,
    });
  return new CallLogError("INTERNAL_SERVER_ERROR", "Something went wrong on our side.", {
    cause: thrown,
  });
}

function fromTrpc(error: TRPCError): CallLogError {
  if (error.cause !== undefined && error.code !== "NOT_FOUND") {
    const inner = toCallLogError(error.cause);
    if (inner.code !== "INTERNAL_SERVER_ERROR") return inner;
  }
  const known = Object.hasOwn(ERROR_CODES, error.code);
  if (known && error.code !== "INTERNAL_SERVER_ERROR")
    return new CallLogError(error.code as ErrorCode, error.message, { cause: error });
  if (["PARSE_ERROR", "METHOD_NOT_SUPPORTED"].includes(error.code))
    return new CallLogError("BAD_REQUEST", error.message, { cause: error });
  return new CallLogError("INTERNAL_SERVER_ERROR", "Something went wrong on our side.", {
    cause: error,
  });
}
