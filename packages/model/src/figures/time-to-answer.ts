import type { Attempt } from "../call/attempt.ts";

type Tried = Pick<Attempt, "outcome" | "claimedAt" | "submittedAt" | "answeredAt">;

/**
 * Time to answer of a call in milliseconds: from the moment at which a provider was first asked to place it until the
 * attempt that reached somebody was answered, waits between attempts included. Undefined if nobody was reached, or if
 * one of the two times is not known.
 */
export function timeToAnswerMs(attempts: readonly Partial<Tried>[]): number | undefined {
  const answered = attempts.find(({ outcome }) => outcome === "reached")?.answeredAt ?? undefined;
  const asked = attempts
    .flatMap(({ claimedAt, submittedAt }) => claimedAt ?? submittedAt ?? [])
    .map((date) => date.getTime());
  if (answered === undefined || asked.length === 0) return undefined;
  // Providers report whole seconds, so an answer may seem to come before the question.
  return Math.max(0, answered.getTime() - Math.min(...asked));
}
