import type { CallRecord } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";

/**
 * Return the turn of an attempt that was not dialled, so that it does not count as a call to its number. Never rejects:
 * a turn that can't be returned counts until its window has passed.
 */
export async function returnCalleeTurn(
  { calleeTurns, log }: Pick<DispatchContext, "calleeTurns" | "log">,
  { projectId, toNumber }: Pick<CallRecord, "projectId" | "toNumber">,
  attemptId: string,
): Promise<void> {
  try {
    await calleeTurns.giveBack({ projectId, toNumber, attemptId });
  } catch (error) {
    log.warn({ attemptId, ...errorFields(error) }, "a turn at a callee can't be given back");
  }
}
