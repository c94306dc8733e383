import type { CallbackSender } from "./callbacks/callback-sender.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Timers } from "./timers.ts";

/** The parts of one simulated carrier. */
export interface Carrier {
  seed: string;
  /** Speed of its clock, in multiples of real time. */
  speed: number;
  now: () => Date;
  /** True while the account is suspended: every call is refused, and the check says so. */
  isSuspended: () => boolean;
  ledger: Ledger;
  timers: Timers;
  sender: CallbackSender;
}
