import type { CallRecord } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";

/** Nothing was dialled, so it does not count as a call to that number. Never rejects: what can't be given back counts until its window has passed. */
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
