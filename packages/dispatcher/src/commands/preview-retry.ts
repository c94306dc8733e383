import { isFinalStatus, numbersToCallFrom, quietUntil, zonesOfNumber } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { NO_NUMBER, allowedNumbersOf, type CallerNumbers } from "../providers/allowed-numbers.ts";
import { refusalOfCallee } from "../rules/callee-refusal.ts";
import type { CallRef } from "./call-ref.ts";
import { noSuchCall } from "./call-ref.ts";
import { calledAgain, reasonAgainst } from "./retry-call.ts";

/** What a person should know before calling again. */
export interface RetryPreview {
  /** E.164. */
  toNumber: string;
  /** Why it would be refused; undefined when it would not. */
  refusal?: string;
  /** Time zones that the callee may be in: the one that the request states, else those of the number. */
  zones: string[];
  isZoneStated: boolean;
  /** Quiet hours hold the call until then. */
  quietUntil?: Date;
  /** It was called again before, as this one: nothing would be dialled. */
  calledAgainAs?: { _id: string; status: string };
}

/** What it takes to say whether a call can be called again. */
type Previewing = CallerNumbers &
  Pick<DispatchContext, "calls" | "projects" | "doNotCall" | "settings" | "now">;

/** Whether a call can be called again, and what the hour is there. NOT_FOUND for another project's call. */
export async function previewRetry(
  context: Previewing,
  { projectId, callLogId }: CallRef,
): Promise<RetryPreview> {
  const [record, project, again] = await Promise.all([
    context.calls.find(callLogId, projectId),
    context.projects.find(projectId),
    calledAgain(context, { projectId, callLogId }),
  ]);
  if (record === undefined || project === undefined) throw noSuchCall();
  const { toNumber, plan, status } = record;
  const blocked = await context.doNotCall.among(projectId, [toNumber]);
  const { allowedNumberTypes } = context.settings;
  const terms = { project, blocked, allowedNumberTypes };
  const numbers = numbersToCallFrom(await allowedNumbersOf(context, project), { toNumber });
  const refusal =
    reasonAgainst(record) ??
    refusalOfCallee(terms, toNumber) ??
    (numbers.length === 0 ? NO_NUMBER : undefined);
  const { quietHours } = project;
  const zone = plan.timeZone ?? quietHours?.timeZone;
  const until =
    quietHours && zone !== undefined && plan.priority !== "emergency" && isFinalStatus(status)
      ? quietUntil(quietHours, zone, context.now())
      : undefined;
  return {
    toNumber,
    zones: plan.timeZone === undefined ? zonesOfNumber(toNumber) : [plan.timeZone],
    isZoneStated: plan.timeZone !== undefined,
    ...(refusal !== undefined && { refusal }),
    ...(until && { quietUntil: until }),
    ...(again && { calledAgainAs: { _id: again._id, status: again.status } }),
  };
}
