import { CallLogError, type ErrorCode } from "@call-log/model";
import { toCallLogError } from "@call-log/router";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

import type { DashboardPage } from "../dashboard/dashboard-page.ts";

/** `Retry-After` in seconds while the database or the queue is unreachable. */
export const RETRY_AFTER_SECONDS = 5;

/** How a key is sent, as every 401 has to say (RFC 9110, 11.6.1). The scheme is our own: no browser asks for a password. */
export const CHALLENGE = 'ApiKey realm="call-log"';

/** Fastify's own refusals by their code, in our words: theirs name its internals. */
const REFUSALS: Readonly<Record<string, readonly [code: ErrorCode, text: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [
    "PAYLOAD_TOO_LARGE",
    "The body is too large. At most 1 MB is allowed, decompressed too.",
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    "UNSUPPORTED_MEDIA_TYPE",
    'The body must be JSON, sent with "Content-Type: application/json".',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    "BAD_REQUEST",
    "The body is not as long as its Content-Length says.",
  ],
  FST_CP_ERR_INVALID_CONTENT_ENCODING: [
    "UNSUPPORTED_MEDIA_TYPE",
    'The body may be compressed with "Content-Encoding: gzip" only.',
  ],
  FST_CP_ERR_INVALID_CONTENT: ["BAD_REQUEST", "The body is not valid gzip."],
  FST_ERR_BAD_URL: ["BAD_REQUEST", "The address is not valid: a % must start an encoded byte."],
  FST_ERR_MAX_PARAM_LENGTH: ["BAD_REQUEST", "The address is too long."],
};

/** Answer an error with the documented body, whatever was thrown. */
export function errorReply(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = answeredError(thrown);
  if (error.httpStatus >= 500 && !wasReported(thrown)) reportError(request, error);
  if (error.code === "UNAUTHORIZED") void reply.header("www-authenticate", CHALLENGE);
  // Fastify would close the connection under the arriving body: a caller or proxy that still sends would see a reset and no answer.
  if (error.code === "PAYLOAD_TOO_LARGE") void reply.removeHeader("connection");
  const seconds = longestWait([error]);
  if (seconds !== undefined) void reply.header("retry-after", seconds);
  return reply.code(error.httpStatus).send(errorBody(error, request.id));
}

/** The error that something thrown is answered as. */
export function answeredError(thrown: unknown): CallLogError {
  return fromFastify(thrown) ?? toCallLogError(thrown);
}

/** The longest `Retry-After` of these errors, in seconds; undefined when none is temporary. */
export function longestWait(errors: readonly CallLogError[]): number | undefined {
  const waits = errors.flatMap(({ code, retryAfterSeconds }) =>
    code === "SERVICE_UNAVAILABLE" || retryAfterSeconds !== undefined
      ? [retryAfterSeconds ?? RETRY_AFTER_SECONDS]
      : [],
  );
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Answer for a route that does not exist. */
export function notFoundReply(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return errorReply(noSuchRoute(), request, reply);
}

/**
 * Refuse a route that does not exist before its body is read, so that no body turns 404 into another status. A browser gets the dashboard's page,
 * which says so.
 */
export function refuseUnknownRoute(page: DashboardPage | undefined) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (!request.is404) return undefined;
    if (page?.isAskedFor(request) !== true) throw noSuchRoute();
    return page.send(reply.code(404));
  };
}

/** Write an unexpected error to the log, with its cause. */
export function reportError(request: Pick<FastifyRequest, "log">, error: CallLogError): void {
  request.log.error({ code: error.code, err: error.cause }, error.message);
}

/** The documented body of an error. */
export function errorBody({ code, message }: CallLogError, requestId: string) {
  return { error: message, message, code, requestId };
}

function noSuchRoute(): CallLogError {
  return new CallLogError("NOT_FOUND", "There is no such route.");
}

// The procedures report their own unexpected errors, by their error middleware.
function wasReported(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "TRPCError";
}

function fromFastify(thrown: unknown): CallLogError | undefined {
  const { code, statusCode } = thrown as Partial<FastifyError>;
  if (typeof code !== "string" || !code.startsWith("FST_")) return undefined;
  if (statusCode === undefined || statusCode >= 500) return undefined;
  const [ours, text] = REFUSALS[code] ?? ["BAD_REQUEST", "The request is not valid."];
  return new CallLogError(ours, text, { cause: thrown });
}
