/**
 * Why nothing was dialled:
 * `destination` the number is bad · `permission` not allowed until an admin acts · `fromNumber` the account may not call from this
 * number · `account` credentials, suspension or funds of the account · `text` more is to be said than the provider takes ·
 * `throttled` not processed, safe to repeat · `defect` our own code failed before anything was sent.
 */
export const REFUSAL_CLASSES = [
  "destination",
  "permission",
  "fromNumber",
  "account",
  "text",
  "throttled",
  "defect",
] as const;

/** Why nothing was dialled. */
export type RefusalClass = (typeof REFUSAL_CLASSES)[number];

/**
 * Classes of attempts recorded before `fromNumber` and `account` were separate classes; nothing writes them any more.
 */
export const FORMER_REFUSAL_CLASSES = ["configuration"] as const;

/** Class of a recorded refusal, old ones too. */
export type RecordedRefusalClass = RefusalClass | (typeof FORMER_REFUSAL_CLASSES)[number];
