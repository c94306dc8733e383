import type { EndedCalls } from "@call-log/dispatcher";
import { CallLogError } from "@call-log/model";
import type { Authenticated, CallReach } from "@call-log/store";

import { actingOf } from "../audit/acting.ts";
import { withAudit } from "../audit/with-audit.ts";
import type { RouterContext } from "../context.ts";

type Stopping = RouterContext & { identity: Authenticated };

/** What came of "stop all calls"; `ended` is null where running calls were left alone. */
export interface StoppedCalls {
  /** Time of the pause, in ISO 8601. */
  pausedAt: string;
  ended: EndedCalls | null;
}

/** End the running calls within a reach, with one line in the audit trail beside one for each call. */
export function endRunningWithAudit(ctx: Stopping, reach: CallReach): Promise<EndedCalls> {
  const acting = actingOf(ctx);
  const { projectId, provider } = reach;
  const report = {
    act: "calls.end-running",
    acting,
    ...(projectId !== undefined && { projectId }),
    facts: { provider },
  } as const;
  return withAudit(ctx, { report, facts: factsOf }, () =>
    ctx.dispatcher.endRunning({ ...reach, acting }),
  );
}

function factsOf({ ended, notEnded }: EndedCalls) {
  const left = notEnded.reduce((sum, { calls }) => sum + calls, 0);
  return ended + left === 0 ? undefined : { ended, notEnded: left };
}

/** The reason for a new pause. Throws BAD_REQUEST when it is missing. */
export function requireReason(reason: string | undefined): string {
  if (reason !== undefined) return reason;
  throw new CallLogError("BAD_REQUEST", "reason: must be given, unless calls are paused already");
}
