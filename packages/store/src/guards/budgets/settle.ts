import type { AnyBulkWriteOperation } from "mongodb";

import type { ReservationDocument } from "./budget-documents.ts";
import { type BudgetDeps, changedByOthers, openBudget } from "./open-budget.ts";
import { isUnposted, postingUpdate } from "./post-reservations.ts";

const MAX_TRIES = 50;
/**
 * A changed reservation is looked at once more after this, in milliseconds, should this process die before it is
 * posted.
 */
const POSTED_BY_MS = 60_000;

/** A reservation as it was read. */
export type OpenReservation = Pick<
  ReservationDocument,
  "_id" | "projectId" | "reserved" | "at" | "target" | "version"
>;

/** Whole micro-dollars, and whether they are only reserved. */
type Amount = Pick<ReservationDocument["target"], "micro" | "held">;

/** What the call log says about a reservation's attempt. */
export interface Charge {
  reservation: OpenReservation;
  /** The target in the budget; absent while the attempt may still be dialled, which changes nothing. */
  target?: Amount;
  /** When to check next; absent when nothing more can come, and the reservation is removed. */
  checkAt?: Date;
}

/**
 * Bring reservations of a project, and the sums of its budget, to what the call log says. Each difference is posted exactly once, whoever
 * else does the same and wherever one of them dies. A reservation that was changed since it was read is left to the next look.
 */
export async function settle(
  deps: BudgetDeps,
  projectId: string,
  charges: readonly Charge[],
): Promise<void> {
  const changes = charges.flatMap((charge) => changeOf(charge, deps.now()));
  const { reservations } = deps.collections;
  if (changes.length > 0) await reservations.bulkWrite(changes, { ordered: false });
  const known = charges.filter(({ target }) => target !== undefined);
  if (known.length === 0) return;
  await postAll(deps, projectId, known);
  await removeOver(deps, projectId, charges.filter(isOver));
}

function isOver(charge: Charge): boolean {
  return charge.checkAt === undefined && !changes(charge);
}

function changes({ reservation, target }: Charge): boolean {
  return target !== undefined && !isSame(reservation.target, target);
}

function isSame(target: Amount, wanted: Amount | undefined): boolean {
  return target.micro === wanted?.micro && target.held === wanted.held;
}

function changeOf(charge: Charge, now: Date): AnyBulkWriteOperation<ReservationDocument>[] {
  const { reservation, target, checkAt } = charge;
  if (isOver(charge)) return [];
  const { _id, version: read } = reservation;
  const version = read + 1;
  const soon = new Date(now.getTime() + POSTED_BY_MS);
  const isChanged = changes(charge);
  const set = {
    version,
    checkAt: isChanged ? soon : (checkAt ?? soon),
    ...(isChanged && target && { target: { ...target, revision: version } }),
  };
  return [{ updateOne: { filter: { _id, version: read }, update: { $set: set } } }];
}

async function postAll(
  deps: BudgetDeps,
  projectId: string,
  known: readonly Charge[],
): Promise<void> {
  const { budgets, reservations } = deps.collections;
  const wanted = new Map(known.map(({ reservation, target }) => [reservation._id, target]));
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    // The budget first: what is read of a reservation afterwards is at least as new.
    const budget = await openBudget(deps, projectId);
    const found = await reservations.find({ _id: { $in: [...wanted.keys()] } }).toArray();
    const unposted = found.filter(
      (one) => isUnposted(budget, one) && isSame(one.target, wanted.get(one._id)),
    );
    if (unposted.length === 0) return;
    const { filter, update } = postingUpdate(budget, unposted);
    const { modifiedCount } = await budgets.updateOne(filter, update);
    if (modifiedCount > 0) return;
  }
  throw changedByOthers(projectId, MAX_TRIES);
}

// The epoch goes on first, so that no process that read the budget before can still post what is removed.
async function removeOver(
  { collections: { budgets, reservations } }: BudgetDeps,
  projectId: string,
  over: readonly Charge[],
): Promise<void> {
  if (over.length === 0) return;
  await budgets.updateOne({ _id: projectId }, { $inc: { epoch: 1 } });
  const removals = over.map(({ reservation: { _id, version } }) => ({
    deleteOne: { filter: { _id, version } },
  }));
  await reservations.bulkWrite(removals, { ordered: false });
}
