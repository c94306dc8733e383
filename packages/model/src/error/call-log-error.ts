import { ERROR_CODES, type ErrorCode } from "./error-code.ts";

/** The one error that carries a code of the error table and a text meant for the caller. */
export class CallLogError extends Error {
  override readonly name = "CallLogError";
  readonly code: ErrorCode;
  /** Seconds after which it makes sense to try again, where that is known. */
  readonly retryAfterSeconds: number | undefined;
  /** The values that stand against a change, by field; for the caller alone, so they are no part of the text. */
  readonly present: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options?: ErrorOptions & {
      retryAfterSeconds?: number;
      present?: Readonly<Record<string, unknown>>;
    },
  ) {
    super(message, options);
    this.code = code;
    this.retryAfterSeconds = options?.retryAfterSeconds;
    this.present = options?.present;
  }

  /** HTTP status of the error's code. */
  get httpStatus(): number {
    return ERROR_CODES[this.code].httpStatus;
  }
}
