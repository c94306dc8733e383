import type { WaitReason } from "@call-log/model";

/** A change that may have ended the waits of calls, until those calls are checked. */
export interface Recheck {
  at: Date;
  reasons: WaitReason[];
}

/** A document whose changes may end the waits of calls. */
export interface Rechecked {
  lookAgain?: Recheck;
}
