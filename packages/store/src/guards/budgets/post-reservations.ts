import type { SpendCaps } from "@call-log/model";
import type { Filter, UpdateFilter } from "mongodb";

import type { BudgetDocument, Posting, ReservationDocument } from "./budget-documents.ts";

/** A reservation that its budget may not contain yet. */
export type Postable = Pick<ReservationDocument, "_id" | "day" | "target" | "posted">;

/** The amount that the budget contains for a reservation. Valid only if the reservation was read after the budget. */
export function currentPosting(
  { recent }: Pick<BudgetDocument, "recent">,
  { _id, posted }: Pick<Postable, "_id" | "posted">,
): Posting {
  return recent[_id] ?? posted;
}

/** True while the budget does not contain a reservation's target. */
export function isUnposted(
  budget: Pick<BudgetDocument, "recent">,
  reservation: Pick<Postable, "_id" | "posted" | "target">,
): boolean {
  return currentPosting(budget, reservation).revision < reservation.target.revision;
}

/** True where an amount fits under every cap. */
export function fitsUnder(committed: Required<SpendCaps>, caps: SpendCaps, micro: number): boolean {
  const { day = Infinity, month = Infinity, total = Infinity } = caps;
  return (
    committed.day + micro <= day &&
    committed.month + micro <= month &&
    committed.total + micro <= total
  );
}

/**
 * The one update that brings the sums of a budget to the targets of reservations: it takes place only if nobody posted any of them since
 * the budget was read, and if what is added fits under the caps.
 */
export function postingUpdate(
  budget: BudgetDocument,
  reservations: readonly Postable[],
  caps: SpendCaps = {},
): { filter: Filter<BudgetDocument>; update: UpdateFilter<BudgetDocument> } {
  const added = { day: 0, month: 0, total: 0 };
  let held = 0;
  const asRead: Record<string, unknown> = {};
  const recent: Record<string, Posting> = {};
  for (const { _id, day, target, posted } of reservations) {
    const current = currentPosting(budget, { _id, posted });
    const difference = target.micro - current.micro;
    added.total += difference;
    if (day === budget.day) added.day += difference;
    if (day.startsWith(budget.month)) added.month += difference;
    held += heldOf(target) - heldOf(current);
    asRead[`recent.${_id}.revision`] = budget.recent[_id]?.revision ?? { $exists: false };
    recent[`recent.${_id}`] = target;
  }
  const fits = Object.entries(caps).map(([name, cap]) => [
    `committed.${name}`,
    { $lte: (cap as number) - added[name as keyof typeof added] },
  ]);
  const sums = Object.entries(added).map(([name, micro]) => [`committed.${name}`, micro]);
  return {
    filter: {
      _id: budget._id,
      epoch: budget.epoch,
      ...asRead,
      ...Object.fromEntries(fits),
    } as Filter<BudgetDocument>,
    update: { $inc: { ...Object.fromEntries(sums), held }, $set: recent },
  };
}

function heldOf({ micro, held }: Posting): number {
  return held ? micro : 0;
}
