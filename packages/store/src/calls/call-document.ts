import type { CallRecord } from "@call-log/model";

/** A call log as it is stored. */
export interface CallDocument extends CallRecord {
  /** When the TTL index removes it; only on a call that is over, in a project with a retention. Never read back. */
  expireAt?: Date;
}
