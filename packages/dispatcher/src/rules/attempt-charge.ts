import type { Attempt, CallRecord } from "@call-log/model";
import { isFinalStatus } from "@call-log/model";

import { attemptById } from "./attempts.ts";
import { secondsBetween } from "./seconds.ts";
import { LOST_LIMIT_SECONDS } from "./wake-time.ts";

/** What a budget has for an attempt: micro-dollars, only set aside (`held`) while more may come. */
export interface AttemptCharge {
  micro: number;
  held: boolean;
}

/** What is known when an attempt is charged: what was set aside for it, in micro-dollars, and the time. */
export interface ChargeSituation {
  reserved: number;
  now: Date;
}

/**
 * What an attempt counts in its project's budget; undefined while it may still be dialled. A lost call counts what was set aside for as
 * long as it may turn up. A price that is not in US dollars, or never came, counts what was set aside.
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
