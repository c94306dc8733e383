import type { Attempt, CallRecord } from "@call-log/model";
import { isFinalStatus } from "@call-log/model";

import { attemptById } from "./attempts.ts";
import { secondsBetween } from "./seconds.ts";
import { LOST_LIMIT_SECONDS } from "./wake-time.ts";

/** An attempt's amount in a budget: micro-dollars, only reserved (`held`) while more may come. */
export interface AttemptCharge {
  micro: number;
  held: boolean;
}

/** Facts when an attempt is charged: its reserved amount, in micro-dollars, and the time. */
export interface ChargeSituation {
  reserved: number;
  now: Date;
}

/**
 * An attempt's amount in its project's budget; undefined while it may still be dialled. A lost call counts its reserved amount while it may be found. A price that never came, or is not in US dollars, counts the reserved amount.
 */
export function attemptCharge(
  record: CallRecord,
  attemptId: string,
  situation: ChargeSituation,
): AttemptCharge | undefined {
  const { reserved } = situation;
  const attempt = attemptById(record, attemptId);
  const isOpen = attempt?.state === "planned" && !isFinalStatus(record.status);
  if (isOpen) return undefined;
  if (attempt?.claimedAt === undefined) return { micro: 0, held: false };
  if (attempt.state === "unknown") return lostCharge(attempt, situation);
  const { price, costInMicroUSD } = attempt;
  if (price === undefined || price.pricing === "pending") return { micro: reserved, held: true };
  return { micro: costInMicroUSD ?? reserved, held: false };
}

function lostCharge(
  { outcome, claimedAt, dueAt }: Attempt,
  { reserved, now }: ChargeSituation,
): AttemptCharge {
  const isGivenUp =
    outcome !== undefined && secondsBetween(claimedAt ?? dueAt, now) >= LOST_LIMIT_SECONDS;
  return isGivenUp ? { micro: 0, held: false } : { micro: reserved, held: true };
}
