import { type CalleeLimit, type Priority, type Project } from "@call-log/model";
import type { Provider } from "@call-log/provider";

import type { DispatcherSettings } from "../../context/dispatcher-settings.ts";
import type { Gate } from "../gate.ts";

/** How many times as often an emergency may call a number. */
const EMERGENCY_FACTOR = 2;

/** Limits how often one number is called: carriers block callers above that, and an alert loop is stopped. */
export const calleeOften: Gate = async (
  { calleeTurns, settings, providers },
  { record, attempt, project, provider, now },
) => {
  const limits = limitsFor(
    { settings, provider: providers[provider] },
    { project, priority: record.plan.priority },
  );
  if (limits.length === 0) return { kind: "open" };
  const asked = attempt.callNowAt === undefined ? limits : limits.map(counted);
  const { projectId, toNumber } = record;
  const goesFirst = record.plan.priority === "emergency";
  const turn = { projectId, toNumber, attemptId: attempt._id, now, goesFirst };
  const wait = await calleeTurns.take(turn, asked);
  if (wait === undefined) return { kind: "open" };
  const { calls, seconds } = wait.limit;
  const times = calls === 1 ? "once" : `${calls} times`;
  const reason = `its number may be called ${times} in ${lengthOf(seconds)}; next at ${wait.at.toISOString()}`;
  return { kind: "later", at: wait.at, waitsFor: "callee-often", reason };
};

// "Call now" is not deferred, but it counts.
function counted({ seconds }: CalleeLimit): CalleeLimit {
  return { calls: Number.MAX_SAFE_INTEGER, seconds };
}

// The simulated provider calls nobody, so only what a project asks for limits it.
function limitsFor(
  { settings, provider }: { settings: DispatcherSettings; provider: Provider | undefined },
  { project, priority }: { project: Project; priority: Priority | undefined },
): readonly CalleeLimit[] {
  const usual = provider?.isSimulated === true ? "off" : settings.calleeLimits;
  const limits = project.calleeLimits ?? usual;
  if (limits === "off") return [];
  const factor = priority === "emergency" ? EMERGENCY_FACTOR : 1;
  return limits.map(({ calls, seconds }) => ({ calls: calls * factor, seconds }));
}

const UNITS = [
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

function lengthOf(seconds: number): string {
  const [name, length] = UNITS.find(([, unit]) => seconds % unit === 0) ?? UNITS[2];
  const count = seconds / length;
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
