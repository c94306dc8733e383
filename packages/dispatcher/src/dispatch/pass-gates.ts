import type { Gate, GateAnswer, GateVisit, GateContext } from "./gate.ts";
import { withinBudget } from "./gates/budget.ts";
import { calleeOften } from "./gates/callee-limit.ts";
import { callee } from "./gates/callee.ts";
import { paused } from "./gates/paused.ts";
import { quiet } from "./gates/quiet-hours.ts";
import { rateLimit } from "./gates/rate-limit.ts";

/**
 * Every gate, in their order; the limiter last, since its answer uses a turn. A new gate is a file in `gates/` and a
 * line here.
 */
const GATES: readonly Gate[] = [callee, quiet, paused, calleeOften, withinBudget, rateLimit];

/** The answer of the first gate that is not open. */
export async function passGates(context: GateContext, visit: GateVisit): Promise<GateAnswer> {
  for (const gate of GATES) {
    const answer = await gate(context, visit);
    if (answer.kind !== "open") return answer;
  }
  return { kind: "open" };
}
