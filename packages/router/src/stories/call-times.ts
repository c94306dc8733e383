import { type CallLogView, groupOfStatus } from "@call-log/model";

/** When a call reached somebody, as ISO 8601; undefined for one that has reached nobody. */
export function reachedAtOf({ attempts, acknowledgedAt }: CallLogView): string | undefined {
  const winner = attempts?.find(({ outcome }) => outcome === "reached");
  if (winner === undefined) return acknowledgedAt ?? undefined;
  return winner.acknowledgedAt ?? winner.answeredAt ?? winner.endedAt ?? undefined;
}

/** Whether a call reached somebody. */
export function isReached({ status, acknowledgedAt }: CallLogView): boolean {
  return groupOfStatus(status ?? "") === "reached" || Boolean(acknowledgedAt);
}

/** Seconds from the first dial of a call to the answer that reached somebody. */
export function secondsToAnswer(call: CallLogView): number | undefined {
  const first = call.attempts?.find(({ claimedAt }) => claimedAt !== undefined)?.claimedAt;
  const winner = call.attempts?.find(({ outcome }) => outcome === "reached");
  const answeredAt = winner?.answeredAt ?? winner?.acknowledgedAt;
  if (first === undefined || answeredAt === undefined) return undefined;
  return Math.max(0, (Date.parse(answeredAt) - Date.parse(first)) / 1000);
}

/** Whether a phone was dialled for a call that is over, so that it says something of the callee. */
export function isDialled({ status, attempts }: CallLogView): boolean {
  const isOver = ["reached", "not-reached", "failed"].includes(groupOfStatus(status ?? ""));
  const wasDialled = ({ claimedAt, state }: { claimedAt?: string | undefined; state: string }) =>
    claimedAt !== undefined && state !== "rejected";
  return isOver && (attempts ?? []).some(wasDialled);
}

/** The middle of some numbers; undefined without any. */
export function medianOf(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle];
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** Cost of some calls in US cents. */
export function costOf(calls: readonly CallLogView[]): number {
  return calls.reduce((sum, { callCostInUSDCents }) => sum + (callCostInUSDCents ?? 0), 0);
}
