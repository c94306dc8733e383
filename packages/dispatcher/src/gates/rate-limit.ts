import type { Gate } from "../gate.ts";

/** Calls take turns within the limits of their provider account, from-number and destination; nobody waits inside a worker. */
export const rateLimit: Gate = async (
  { limiter, settings, providers },
  { record, attempt, provider, now },
) => {
  const { providerCallsPerSecond, fromNumberCallsPerSecond, destinationCallsPerMinute } = settings;
  const accountPerSecond = providerCallsPerSecond ?? providers[provider]?.callsPerSecond;
  if ((accountPerSecond ?? fromNumberCallsPerSecond ?? destinationCallsPerMinute) === undefined)
    return { kind: "open" };
  const waitMs = await limiter.take({
    attemptId: attempt._id,
    projectId: record.projectId,
    priority: record.plan.priority ?? "normal",
    account: provider,
    accountPerSecond,
    fromNumber: record.fromNumber,
    fromNumberPerSecond: fromNumberCallsPerSecond,
    toNumber: record.toNumber,
    destinationPerMinute: destinationCallsPerMinute,
    now,
  });
  if (waitMs === 0) return { kind: "open" };
  const at = new Date(now.getTime() + waitMs);
  return { kind: "later", at, reason: `for its turn at ${provider}` };
};
