import { accountLimit } from "../../limiter/account-limit.ts";
import type { Gate } from "../gate.ts";

/**
 * Defers calls above the rate limits of their provider account, project, from-number and destination; no worker is
 * blocked meanwhile.
 */
export const rateLimit: Gate = async (
  { limiter, settings, providers, metrics },
  { record, attempt, project, provider, fromNumber, now },
) => {
  const { fromNumberCallsPerSecond, destinationCallsPerMinute } = settings;
  const accountPerSecond = accountLimit(settings, providers[provider]);
  const limits = [
    accountPerSecond,
    project.callsPerSecond,
    fromNumberCallsPerSecond,
    destinationCallsPerMinute,
  ];
  if (limits.every((limit) => limit === undefined)) return { kind: "open" };
  const waitMs = await limiter.take({
    attemptId: attempt._id,
    projectId: record.projectId,
    priority: record.plan.priority ?? "normal",
    account: provider,
    accountPerSecond,
    projectPerSecond: project.callsPerSecond,
    fromNumber,
    fromNumberPerSecond: fromNumberCallsPerSecond,
    toNumber: record.toNumber,
    destinationPerMinute: destinationCallsPerMinute,
    now,
  });
  metrics.measure("limiterWait", { provider, seconds: waitMs / 1000 });
  if (waitMs === 0) return { kind: "open" };
  const at = new Date(now.getTime() + waitMs);
  return { kind: "later", at, waitsFor: "turn", reason: `for its turn at ${provider}` };
};
