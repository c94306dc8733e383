import type { ErrorCode } from "@call-log/model";
import type { TRPCErrorShape } from "@trpc/server";

/** What an error tells the caller beside its message. */
export interface ErrorData {
  code: ErrorCode;
  httpStatus: number;
  /** The current values that prevent a change, by field. */
  present?: Readonly<Record<string, unknown>>;
  /** The procedure, such as `calls.dispatch`. */
  path?: string;
  /** The request in the server's log. */
  requestId?: string;
}

/** An error as a client receives it. */
export type ErrorShape = TRPCErrorShape<ErrorData>;
