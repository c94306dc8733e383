import type { Document } from "bson";

/** MongoDB's error codes that this server answers with, by the name MongoDB gives them. */
export const ERROR_CODES = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  InvalidLength: 16,
  ProtocolError: 17,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 55,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CannotBackfillArray: 15891,
  CannotIndexParallelArrays: 171,
  InvalidPipelineOperator: 168,
  InvalidIndexSpecificationOption: 197,
  NotImplemented: 238,
  APIVersionError: 322,
  MechanismUnavailable: 334,
  DuplicateKey: 11000,
  InterruptedAtShutdown: 11600,
  BSONObjectTooLarge: 10334,
  OutOfDiskSpace: 14031,
} as const;

/** The name of one of MongoDB's errors. */
export type ErrorName = keyof typeof ERROR_CODES;

/** A refusal that reaches the client as MongoDB's own code, name and message. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: number;
  readonly codeName: string;
  /** Further fields of the answer, such as `keyPattern` of a duplicate key. */
  readonly details: Document;

  constructor(kind: ErrorName | number, message: string, details: Document = {}) {
    super(message);
    this.code = typeof kind === "number" ? kind : ERROR_CODES[kind];
    this.codeName = typeof kind === "number" ? `Location${kind}` : kind;
    this.details = details;
  }
}

/** A refusal of something that MongoDB has and this server does not. */
export function unsupported(what: string): CommandError {
  return new CommandError("NotImplemented", `${what} is not supported by this server`);
}
