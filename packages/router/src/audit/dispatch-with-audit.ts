import type { Acceptance } from "@call-log/dispatcher";
import type { Authenticated } from "@call-log/store";

import type { RouterContext } from "../context.ts";
import { actingOf } from "./acting.ts";
import { withAudit } from "./with-audit.ts";

/** Dispatch a batch with one line in the audit trail: how many were accepted, and their call logs. */
export function dispatchWithAudit(
  ctx: RouterContext & { identity: Authenticated },
  requested: number,
  dispatch: () => Promise<(Acceptance | Error)[]>,
): Promise<(Acceptance | Error)[]> {
  const { projectId } = ctx.identity;
  const act = "calls.dispatch-many";
  const report = { act, acting: actingOf(ctx), projectId, facts: { requested } } as const;
  return withAudit(ctx, { report, facts: (answers) => factsOf(answers, requested) }, dispatch);
}

function factsOf(answers: readonly (Acceptance | Error)[], requested: number) {
  const accepted = answers.flatMap((answer) => (answer instanceof Error ? [] : [answer]));
  const fresh = accepted.filter(({ repeated }) => !repeated);
  return {
    accepted: fresh.length,
    repeated: accepted.length - fresh.length,
    refused: requested - accepted.length,
    callLogIds: fresh.map(({ _id }) => _id),
  };
}
