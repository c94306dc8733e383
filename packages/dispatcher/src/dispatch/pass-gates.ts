import type { Gate, GateAnswer, GateVisit, GateContext } from "./gate.ts";
import { withinBudget } from "./gates/budget.ts";
import { calleeOften } from "./gates/callee-limit.ts";
import { callee } from "./gates/callee.ts";
import { paused } from "./gates/paused.ts";
import { quiet } from "./gates/quiet-hours.ts";
import { rateLimit } from "./gates/rate-limit.ts";

/** Gates that only look; their reads go to the database together. A new gate is a file in `gates/` and a line in one of these tables. */
const LOOKING: readonly Gate[] = [callee, quiet, paused];

/** Gates that take a turn or a reservation, one after another; the limiter last, since its turn can't be given back. */
const TAKING: readonly Gate[] = [calleeOften, withinBudget, rateLimit];

/** The answer of the first gate, in the order of the tables, that is not open. */
export async function passGates(context: GateContext, visit: GateVisit): Promise<GateAnswer> {
  const looks = await Promise.all(LOOKING.map((gate) => gate(context, visit)));
  const closed = looks.find(isClosed);
  if (closed !== undefined) return closed;
  for (const gate of TAKING) {
    const answer = await gate(context, visit);
    if (isClosed(answer)) return answer;
  }
  return { kind: "open" };
}

function isClosed({ kind }: GateAnswer): boolean {
  return kind !== "open";
}
