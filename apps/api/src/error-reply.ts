import { CallLogError, ERROR_CODES, type ErrorCode } from "@call-log/model";
import { toCallLogError } from "@call-log/router";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

/** Seconds after which it makes sense to try again when something of ours is away. */
const RETRY_AFTER_SECONDS = 5;

/** Texts for Fastify's own refusals, which name its internals otherwise. */
const REFUSALS: Partial<Record<ErrorCode, string>> = {
  PAYLOAD_TOO_LARGE: "The body is too large. At most 1 MB is allowed.",
  UNSUPPORTED_MEDIA_TYPE: 'The body must be JSON, sent with "Content-Type: application/json".',
};

/** Answer an error with the documented body, whatever was thrown. */
export function errorReply(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = fromFastify(thrown) ?? toCallLogError(thrown);
  if (error.httpStatus >= 500 && !wasReported(thrown)) reportError(request, error);
  if (error.code === "SERVICE_UNAVAILABLE") void reply.header("retry-after", RETRY_AFTER_SECONDS);
  return reply.code(error.httpStatus).send(errorBody(error, request.id));
}

/** Answer for a route that does not exist. */
export function notFoundReply(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return errorReply(new CallLogError("NOT_FOUND", "There is no such route."), request, reply);
}

/** Write an unexpected error to the log, with its cause. */
export function reportError(
  request: Pick<FastifyRequest, "log" | "id">,
  error: CallLogError,
): void {
  request.log.error({ requestId: request.id, code: error.code, err: error.cause }, error.message);
}

function errorBody(error: CallLogError, requestId: string) {
  return { error: error.message, message: error.message, code: error.code, requestId };
}

// The procedures report their own unexpected errors, by their error middleware.
function wasReported(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "TRPCError";
}

function fromFastify(thrown: unknown): CallLogError | undefined {
  const { code, statusCode } = thrown as Partial<FastifyError>;
  if (typeof code !== "string" || !code.startsWith("FST_") || statusCode === undefined)
    return undefined;
  const known = (Object.keys(ERROR_CODES) as ErrorCode[]).find(
    (name) => ERROR_CODES[name].httpStatus === statusCode && statusCode < 500,
  );
  if (known === undefined) return undefined;
  const text = REFUSALS[known] ?? (thrown as FastifyError).message;
  return new CallLogError(known, text, { cause: thrown });
}
