import type { CallRecord, WaitReason } from "@call-log/model";
import type { RecheckMark } from "@call-log/store";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import { enqueueAttempts } from "../record/enqueue-attempt.ts";
import { updateCall, type Recording } from "../record/update-call.ts";
import { deferredAttempt, released } from "../rules/deferral.ts";
import { secondsAfter, secondsBetween } from "../rules/seconds.ts";

/** Most calls released in one round, so that the sweep has its turn; the next round continues. */
const MOST_A_ROUND = 2000;
/**
 * A gate may have held a call back by what its process knew before the change, which is at most a second old, and takes a moment to say so.
 * Calls that are held up to this long after the change are looked at again, in seconds.
 */
const GRACE_SECONDS = 5;
/** How long such calls are searched for after a change, in seconds. */
const MARK_LIFE_SECONDS = 60;

/** The marks of settings and pauses that somebody changed. */
type Rechecks = Pick<DispatchContext, "rechecks">;

/** One project whose held calls are looked at again. */
interface Share {
  projectId: string;
  reasons: readonly WaitReason[];
  heldUntil: Date;
}

/**
 * Release calls that wait for something that has changed since: a setting, a pause. In batches, the most urgent first, projects in turn; a mark
 * stays until no call is found for it, so that a crash loses none. Returns how many were released; never rejects.
 */
export async function recheckWaiting(context: Recording & Rechecks): Promise<number> {
  try {
    const marks = await context.rechecks.open();
    if (marks.length === 0) return 0;
    const shares = (await Promise.all(marks.map((mark) => sharesOf(context, mark)))).flat();
    const { woken, isAll } = await wakeInTurn(context, shares);
    if (isAll) await closeOld(context, marks);
    return woken;
  } catch (error) {
    context.log.error(errorFields(error), "calls that may go on could not be looked at");
    return 0;
  }
}

async function sharesOf(
  { calls }: Pick<DispatchContext, "calls">,
  { of, _id, at, reasons }: RecheckMark,
): Promise<Share[]> {
  const heldUntil = secondsAfter(at, GRACE_SECONDS);
  if (of === "project") return [{ projectId: _id, reasons, heldUntil }];
  const shares: Share[] = [];
  for (const reason of reasons)
    for (let after = ""; ;) {
      const projectId = await calls.nextHeldProject({ after, reason });
      if (projectId === undefined) break;
      shares.push({ projectId, reasons: [reason], heldUntil });
      after = projectId;
    }
  return shares;
}

async function wakeInTurn(
  context: Recording,
  shares: readonly Share[],
): Promise<{ woken: number; isAll: boolean }> {
  const limit = context.settings.sweepBatch;
  let woken = 0;
  let open = shares;
  while (open.length > 0 && woken < MOST_A_ROUND) {
    const full: Share[] = [];
    for (const share of open) {
      const found = await context.calls.findHeld({ ...share, limit });
      await wake(context, found);
      woken += found.length;
      if (found.length === limit) full.push(share);
    }
    open = full;
  }
  return { woken, isAll: open.length === 0 };
}

async function wake(context: Recording, found: readonly CallRecord[]): Promise<void> {
  const written = await Promise.all(
    found.map((one) =>
      updateCall(context, one._id, (record, now) => {
        const attempt = deferredAttempt(record, one);
        return attempt && released(record, attempt, now);
      }),
    ),
  );
  // A released call is due; its old job, if any, runs at its time.
  const due = written.flatMap((record) => (record?.waitsFor === undefined ? (record ?? []) : []));
  await enqueueAttempts(context, due, "now");
}

async function closeOld(
  { rechecks, now }: Pick<DispatchContext, "rechecks" | "now">,
  marks: readonly RecheckMark[],
): Promise<void> {
  const old = marks.filter(({ at }) => secondsBetween(at, now()) > MARK_LIFE_SECONDS);
  for (const mark of old) await rechecks.close(mark);
}
