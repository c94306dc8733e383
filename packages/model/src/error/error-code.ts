/** What an error code means over HTTP. */
export interface ErrorCodeEntry {
  httpStatus: number;
  /** When it is answered, for the documentation. */
  description: string;
}

/** Every error code of the API; one table for tRPC and REST. */
export const ERROR_CODES = {
  BAD_REQUEST: {
    httpStatus: 400,
    description:
      "The input is not valid, or asks more than the database answers in time; the text names the field and what is allowed there.",
  },
  UNAUTHORIZED: {
    httpStatus: 401,
    description: "The ApiKey header is missing, or the key is not valid.",
  },
  FORBIDDEN: {
    httpStatus: 403,
    description:
      "The key lacks the permission or is not for this address, or the operation exists for nobody.",
  },
  NOT_FOUND: {
    httpStatus: 404,
    description: "There is no such route, or no such call log in the key's project.",
  },
  CONFLICT: {
    httpStatus: 409,
    description:
      "The call is in a state that does not allow this, one for the same purpose is in flight, a number belongs to another project, or a setting was changed since it was read.",
  },
  PAYLOAD_TOO_LARGE: {
    httpStatus: 413,
    description: "The body is larger than 1 MB.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    httpStatus: 415,
    description: "The body is not JSON.",
  },
  UNPROCESSABLE_CONTENT: {
    httpStatus: 422,
    description: "The idempotency key was used before with another request.",
  },
  TOO_MANY_REQUESTS: {
    httpStatus: 429,
    description:
      "The key made too many requests or has too many streams, or too many keys from this address were not valid; try again after `Retry-After`.",
  },
  INTERNAL_SERVER_ERROR: {
    httpStatus: 500,
    description: "An unexpected error; the log has its cause under the request id.",
  },
  SERVICE_UNAVAILABLE: {
    httpStatus: 503,
    description: "The database or the queue is away or overloaded; try again after `Retry-After`.",
  },
} as const satisfies Record<string, ErrorCodeEntry>;

/** Machine-readable code of an error. Each is a code of tRPC too. */
export type ErrorCode = keyof typeof ERROR_CODES;
