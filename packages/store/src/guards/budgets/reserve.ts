import type { SpendCaps } from "@call-log/model";

import { isDuplicateKey } from "../../database-error.ts";
import type { BudgetDocument, ReservationDocument } from "./budget-documents.ts";
import { type BudgetDeps, changedByOthers, openBudget } from "./open-budget.ts";
import { currentPosting, fitsUnder, postingUpdate } from "./post-reservations.ts";

const MAX_TRIES = 50;
/** How long after its creation a reservation is first compared with its call, in milliseconds. */
const FIRST_LOOK_MS = 60_000;

/** The amount reserved for an attempt, in whole micro-dollars. */
export interface Reservation {
  projectId: string;
  attemptId: string;
  micro: number;
}

/** Result of a reservation; when refused, with what is committed today, this month and in all. */
export type ReserveAnswer = { ok: true } | { ok: false; committed: Required<SpendCaps> };

/**
 * Reserve an amount if it fits under every cap. Repeating it for an attempt changes nothing, even after a crash
 * halfway.
 */
export async function reserve(
  deps: BudgetDeps,
  wanted: Reservation,
  caps: SpendCaps,
): Promise<ReserveAnswer> {
  let isMade = false;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const budget = await openBudget(deps, wanted.projectId);
    const refused: ReserveAnswer = { ok: false, committed: budget.committed };
    // A reservation that has been removed belonged to an attempt that ended long ago.
    const reservation = isMade
      ? await findPresent(deps, wanted.attemptId)
      : await findOrMake(deps, { budget, wanted, caps });
    isMade = true;
    if (reservation === undefined) return refused;
    // An attempt whose reservation is closed is over: a job that asks for it now does not get its claim.
    const isNew = currentPosting(budget, reservation).revision === 0;
    if (!isNew || !reservation.target.held) return { ok: true };
    if (reservation.day !== budget.day) await moveToDay(deps, reservation, budget.day);
    else if (!fitsUnder(budget.committed, caps, reservation.target.micro)) return refused;
    else {
      const { filter, update } = postingUpdate(budget, [reservation], caps);
      const { modifiedCount } = await deps.collections.budgets.updateOne(filter, update);
      if (modifiedCount > 0) return { ok: true };
    }
  }
  throw changedByOthers(wanted.projectId, MAX_TRIES);
}

interface Request {
  budget: BudgetDocument;
  wanted: Reservation;
  caps: SpendCaps;
}

// Nothing is written for what does not fit.
async function findOrMake(
  { collections, now }: BudgetDeps,
  { budget, wanted, caps }: Request,
): Promise<ReservationDocument | undefined> {
  const { reservations } = collections;
  const { attemptId: _id, projectId, micro } = wanted;
  if (!fitsUnder(budget.committed, caps, micro))
    return (await reservations.findOne({ _id })) ?? undefined;
  const at = now();
  const made: ReservationDocument = {
    _id,
    projectId,
    reserved: micro,
    at,
    day: budget.day,
    target: { revision: 1, micro, held: true },
    posted: { revision: 0, micro: 0, held: false },
    version: 1,
    checkAt: new Date(at.getTime() + FIRST_LOOK_MS),
  };
  try {
    await reservations.insertOne(made);
    return made;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return findPresent({ collections }, _id);
}

async function findPresent(
  { collections }: Pick<BudgetDeps, "collections">,
  _id: string,
): Promise<ReservationDocument> {
  const present = await collections.reservations.findOne({ _id });
  if (present === null) throw new Error(`the reservation of attempt ${_id} was removed meanwhile`);
  return present;
}

// A day has begun since the reservation was made, and nothing of it is in any sum yet.
async function moveToDay(
  { collections }: BudgetDeps,
  { _id, version, target }: ReservationDocument,
  day: string,
): Promise<void> {
  const next = version + 1;
  await collections.reservations.updateOne(
    { _id, version },
    { $set: { day, version: next, target: { ...target, revision: next } } },
  );
}
