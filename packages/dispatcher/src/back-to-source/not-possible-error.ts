/** The source can't be informed, and another try would not help; the message says why and holds no personal data. */
export class NotPossibleError extends Error {
  override readonly name = "NotPossibleError";
}
