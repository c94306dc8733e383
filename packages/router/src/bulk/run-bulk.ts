import { CallLogError } from "@call-log/model";

import { actingOf } from "../audit/acting.ts";
import type { RouterContext } from "../context.ts";
import type { BulkScope } from "./bulk-acts.ts";
import { type BulkReading, readBulkPage } from "./bulk-pages.ts";
import { type CallGroup, MOST_NAMED } from "./plan-bulk.ts";

/** Calls that one request of an act handles; its client asks for the next ones. */
const PAGE = 100;

/** What one request of an act did. */
export interface BulkStep {
  /** Calls that were acted on: the canceled ones, or the new ones that call again. */
  done: string[];
  /** Calls that somebody had called again before, as these: nothing is dialled. */
  before: string[];
  refused: (CallGroup & { reason: string })[];
  /** First time at which a new call is dialled, in ISO 8601; until then it can be undone. */
  startsAt: string | null;
  /** Goes on from here; absent at the end. */
  nextCursor?: string;
}

/** What undoing did. */
export interface BulkUndone {
  canceled: number;
  /** Calls that were dialled already, or are over. */
  late: CallGroup;
}

type Running = RouterContext & BulkReading;

/** Act on the next calls of a scope. A repeat with the same id has the same answer, and dials nothing again. */
export async function runBulk(
  ctx: Running,
  { id, scope, cursor }: { id: string; scope: BulkScope; cursor: string | undefined },
): Promise<BulkStep> {
  const { projectId } = ctx.identity;
  const { ids, nextCursor } = await readBulkPage(ctx, scope, { limit: PAGE, cursor });
  ctx.countMore?.(Math.max(0, ids.length - 1));
  const refs = { projectId, callLogIds: ids, acting: actingOf(ctx) };
  const step: Omit<BulkStep, "refused"> = { done: [], before: [], startsAt: null };
  const refused = new Map<string, string[]>();
  const refuse = (index: number, { message }: CallLogError) =>
    refused.set(message, [...(refused.get(message) ?? []), ids[index]!]);
  if (scope.act === "cancel")
    for (const [index, answer] of (await ctx.dispatcher.cancelMany(refs)).entries())
      if (answer instanceof CallLogError) refuse(index, answer);
      else step.done.push(answer._id);
  else {
    const { answers, startsAt } = await ctx.dispatcher.retryInBulk(refs, id);
    step.startsAt = startsAt.toISOString();
    for (const [index, answer] of answers.entries())
      if (answer instanceof CallLogError) refuse(index, answer);
      else (answer.isOfThisAct ? step.done : step.before).push(answer._id);
  }
  return {
    ...step,
    refused: [...refused].map(([reason, all]) => ({
      reason,
      calls: all.length,
      ids: all.slice(0, MOST_NAMED),
    })),
    ...(nextCursor !== undefined && { nextCursor }),
  };
}

/** Cancel those calls of an act that are not dialled yet; a call of another act is left alone. */
export async function undoBulk(
  ctx: RouterContext & Pick<BulkReading, "identity">,
  { id, ids }: { id: string; ids: string[] },
): Promise<BulkUndone> {
  const { projectId } = ctx.identity;
  ctx.countMore?.(ids.length - 1);
  const refs = { projectId, callLogIds: ids, acting: actingOf(ctx) };
  const answers = await ctx.dispatcher.undoBulk(refs, id);
  const late = ids.filter((_, index) => answers[index] instanceof CallLogError);
  return {
    canceled: ids.length - late.length,
    late: { calls: late.length, ids: late.slice(0, MOST_NAMED) },
  };
}
