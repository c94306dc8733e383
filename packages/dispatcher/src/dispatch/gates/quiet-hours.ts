import { quietUntil } from "@call-log/model";

import type { Gate } from "../gate.ts";

/** Defers calls in the project's quiet hours by the callee's clock, except emergencies and "call now". */
export const quiet: Gate = async (
  _context,
  { record: { plan }, attempt, project: { quietHours }, now },
) => {
  if (attempt.callNowAt !== undefined) return { kind: "open" };
  if (quietHours === undefined || plan.priority === "emergency") return { kind: "open" };
  const zone = plan.timeZone ?? quietHours.timeZone;
  const at = quietUntil(quietHours, zone, now);
  if (at === undefined) return { kind: "open" };
  const { from, to } = quietHours;
  const reason = `quiet hours from ${from} to ${to} in ${zone}`;
  return { kind: "later", at, waitsFor: "quiet-hours", reason };
};
