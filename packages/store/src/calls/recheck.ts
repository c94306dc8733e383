import type { WaitReason } from "@call-log/model";

/** A change that may have ended what calls wait for, until those are looked at again. */
export interface Recheck {
  at: Date;
  reasons: WaitReason[];
}

/** A document whose changes may end what calls wait for. */
export interface Rechecked {
  lookAgain?: Recheck;
}
