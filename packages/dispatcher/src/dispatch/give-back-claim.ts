import type { DispatchContext } from "../context/dispatch-context.ts";
import { writeAnswer } from "../record/record-answer.ts";
import type { Recording } from "../record/update-call.ts";
import { isOpenToRefusal } from "../rules/apply-answer.ts";
import { attemptById } from "../rules/attempts.ts";
import { HELD_UP } from "./place-call.ts";
import { returnCalleeTurn } from "./return-callee-turn.ts";

/** A claim of this process whose answer was lost, so that the provider is not asked. */
export interface LostClaim {
  callLogId: string;
  attemptId: string;
  claimId: string;
  chain: readonly string[];
}

/**
 * If the claim was written, end its attempt as one that was held up, which is tried again; nobody else could know that it was not dialled. False as
 * long as the claim may still be written: a database that hung does so when it goes on.
 */
export async function giveBackClaim(
  context: Recording & Pick<DispatchContext, "calleeTurns">,
  { callLogId, attemptId, claimId, chain }: LostClaim,
): Promise<boolean> {
  const record = await context.calls.find(callLogId);
  const attempt = record && attemptById(record, attemptId);
  if (record === undefined || attempt === undefined) return true;
  if (attempt.state === "planned") return false;
  if (attempt.claimId !== claimId || !isOpenToRefusal(attempt)) return true;
  await returnCalleeTurn(context, record, attemptId);
  const { provider = "" } = attempt;
  const answer = { attemptId, provider, result: HELD_UP, at: context.now() };
  await writeAnswer(context, answer, { chain, claimed: record });
  return true;
}
