/** A provider does not let a project call from a number; one call asks again at `retryAt`. */
export interface NumberRefusal {
  projectId: string;
  /** Name of the provider account. */
  provider: string;
  /** E.164. */
  fromNumber: string;
  /** The provider's words. */
  reason: string;
  /** How often it was tried so far. */
  refusals: number;
  retryAt: Date;
}

/** Which number of which project, at which provider account. */
export type RefusedNumber = Pick<NumberRefusal, "projectId" | "provider" | "fromNumber">;

/** Waits before a refused number is asked for again, in seconds: doubling, as for an account that refuses. */
const [FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS] = [60, 900];

/** When a number is tried again after this many refusals in a row. */
export function refusedUntil(refusals: number, now: Date): Date {
  const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(9, refusals - 1));
  return new Date(now.getTime() + wait * 1000);
}

/** The refusal with one more, whose wait is longer. */
export function refusedAgain<R extends NumberRefusal>(refusal: R, now: Date): R {
  const refusals = refusal.refusals + 1;
  return { ...refusal, refusals, retryAt: refusedUntil(refusals, now) };
}
