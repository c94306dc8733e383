import type { Attempt, CallRecord, FinalStatus, Project } from "@call-log/model";

import type { DispatchContext } from "./dispatch-context.ts";
import { withinBudget } from "./gates/budget.ts";
import { callee } from "./gates/callee.ts";
import { paused } from "./gates/paused.ts";
import { quiet } from "./gates/quiet-hours.ts";
import { rateLimit } from "./gates/rate-limit.ts";

/** What stands between a due attempt and its claim. Nothing is dialled, and no attempt used up, by an answer that is not `open`. */
export type GateAnswer =
  | { kind: "open" }
  /** Not before that time. */
  | { kind: "later"; at: Date; reason: string }
  /** Never: the call ends. */
  | { kind: "refused"; status: FinalStatus; message: string }
  /** Not at this provider; another one of the chain may be open. */
  | { kind: "otherProvider"; reason: string };

/** What a gate is asked about. */
export interface GateVisit {
  record: CallRecord;
  attempt: Attempt;
  project: Project;
  /** Name of the provider account. */
  provider: string;
  now: Date;
}

/** One reason why a call may have to wait. */
export type Gate = (context: DispatchContext, visit: GateVisit) => Promise<GateAnswer>;

/** Every gate, in the order in which they are asked; the limiter last, since its answer uses up a turn. A new one is a file in `gates/` and a line here. */
const GATES: readonly Gate[] = [callee, quiet, paused, withinBudget, rateLimit];

/** The answer of the first gate that is not open. */
export async function passGates(context: DispatchContext, visit: GateVisit): Promise<GateAnswer> {
  for (const gate of GATES) {
    const answer = await gate(context, visit);
    if (answer.kind !== "open") return answer;
  }
  return { kind: "open" };
}
