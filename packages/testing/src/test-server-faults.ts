/** True if MONGODB_URI is the SecantusDB of CI (SECANTUS_URI). */
export const IS_SECANTUS =
  process.env["SECANTUS_URI"] !== undefined &&
  process.env["SECANTUS_URI"] === process.env["MONGODB_URI"];

/**
 * What SecantusDB 0.7.0b3 answers otherwise than MongoDB. Tests leave these out where MONGODB_URI is that server; the
 * product sends what MongoDB documents.
 */
export const TEST_SERVER_FAULTS = {
  /** `$elemMatch` that starts with `$or` is taken for a test of plain values. */
  elemMatchOfLogic: IS_SECANTUS,
  /** In an expression, a path through a list of documents leads to nothing. */
  pathThroughList: IS_SECANTUS,
  /** `$gte` leaves the limit itself out where a descending index answers. */
  fromOnDescendingIndex: IS_SECANTUS,
};
