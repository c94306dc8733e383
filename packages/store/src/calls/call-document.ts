import type { CallRecord } from "@call-log/model";

import type { CallLookup } from "./call-lookup.ts";

/** A call log as it is stored. */
export interface CallDocument extends CallRecord {
  /** When the TTL index removes it; only on a call that is over, in a project with a retention. Never read back. */
  expireAt?: Date;
  /** What it is found by; absent on a call of an older release until it is filled in. Never read back. */
  lookup?: CallLookup;
}
