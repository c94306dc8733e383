import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from "mongodb";

// https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
const TIME_LIMIT_CODE = 50;
const AUTHENTICATION_FAILED_CODE = 18;
const DISK_FULL_CODE = 14031; // OutOfDiskSpace
/** The server's error code of a duplicate key. */
export const DUPLICATE_KEY_CODE = 11000;
const AWAY_CODES = new Set<unknown>([
  6, // HostUnreachable
  7, // HostNotFound
  64, // WriteConcernTimeout
  89, // NetworkTimeout
  91, // ShutdownInProgress
  100, // UnsatisfiableWriteConcern
  133, // FailedToSatisfyReadPreference
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  9001, // SocketException
  10058, // LegacyNotPrimary
  10107, // NotWritablePrimary
  DISK_FULL_CODE,
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
]);

const AWAY_CLASSES = [
  MongoServerSelectionError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoTopologyClosedError,
  MongoClientClosedError,
  MongoOperationTimeoutError,
];

// The driver does not export the classes of its connection pool.
const AWAY_NAMES = new Set(["MongoPoolClosedError", "MongoWaitQueueTimeoutError"]);

/** True when the database can't be reached or can't write at this moment: the same operation may succeed later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof MongoError)) return false;
  if (AWAY_CLASSES.some((type) => error instanceof type) || AWAY_NAMES.has(error.name)) return true;
  return AWAY_CODES.has(error.code) || (error instanceof MongoBulkWriteError && isBulkAway(error));
}

/** True when the database has no disk space for a write; reads go on. */
export function isDatabaseFull(error: unknown): boolean {
  return error instanceof MongoError && error.code === DISK_FULL_CODE;
}

/** True when the database refuses the user or password. */
export function isSignInRefused(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED_CODE;
}

/** True when a connection broke or the primary is changing: a read that is sent again at once may well succeed. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof MongoNetworkError ||
    (error instanceof MongoServerError && AWAY_CODES.has(error.code))
  );
}

/** True when the database stopped an operation at its time limit (`maxTimeMS`). */
export function isTimeLimit(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === TIME_LIMIT_CODE;
}

/** True when duplicate keys are the only reason why documents were not inserted. */
export function isDuplicateKey(error: unknown): error is MongoServerError {
  if (error instanceof MongoBulkWriteError) {
    const { writeErrors, result } = error;
    const all = [writeErrors].flat();
    return (
      all.length > 0 &&
      all.every(({ code }) => code === DUPLICATE_KEY_CODE) &&
      result.getWriteConcernError() === undefined
    );
  }
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY_CODE;
}

// A bulk write hides a lost connection in its response, and a majority that is missing in its result.
function isBulkAway({ errorResponse, result }: MongoBulkWriteError): boolean {
  return isDatabaseAway(errorResponse) || AWAY_CODES.has(result.getWriteConcernError()?.code);
}
