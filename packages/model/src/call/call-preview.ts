import type { BudgetState } from "../project/budget.ts";

/** What would become of a request if it were sent now; nothing is written and nobody is called. Times are ISO text. */
export interface CallPreview {
  /** E.164. */
  toNumber: string;
  /** Number that it would be called from; null where the request is refused. */
  fromNumber: string | null;
  /** Why it would be refused. */
  refusal: string | null;
  /** The call that the same idempotency key has placed before: nothing would be dialled. */
  repeatedAs: { _id: string; status: string } | null;
  /** The providers that it may go to, the preferred one first. */
  providers: { name: string; isPaused: boolean; isSimulated: boolean }[];
  isProjectPaused: boolean;
  /** Time zones that the callee may be in: the one that the request states, else those of the number. */
  zones: string[];
  isZoneStated: boolean;
  /** Quiet hours would hold it until then. */
  quietUntil: string | null;
  /** Null: the project has no budget. */
  budget: (BudgetState & { fits: boolean }) | null;
  /** What calls to that country have cost on average. */
  pastCost: { calls: number; meanUSDCents: number } | null;
}
