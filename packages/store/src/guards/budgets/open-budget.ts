import type { Filter } from "mongodb";

import type { Collections } from "../../collections.ts";
import { isDuplicateKey } from "../../database-error.ts";
import type { BudgetDocument, RecentPosting } from "./budget-documents.ts";
import { noteRecentPostings } from "./note-recent-postings.ts";

/** A budget has about as many recent postings, at most, as this and what is under way; its document stays small. */
const MANY_RECENT = 32;
/** Reservations of the old form that are moved in one update. */
const MOVED_AT_ONCE = 500;
const MAX_TRIES = 500;

/** What budgets are kept in, and the clock. */
export interface BudgetDeps {
  collections: Pick<Collections, "budgets" | "reservations">;
  now: () => Date;
  /** From so many recent postings on they are noted. @defaultValue 32 */
  manyRecent?: number;
}

/** The budget of a project as it stands, with the sums of this day and month. It is made where there is none. */
export async function openBudget(
  { collections, now, manyRecent = MANY_RECENT }: BudgetDeps,
  projectId: string,
): Promise<BudgetDocument> {
  const { budgets } = collections;
  let isNoted = false;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const today = periodOf(now());
    const found = await budgets.findOne({ _id: projectId });
    if (found === null) await makeBudget(budgets, projectId, today);
    else if (found.epoch === undefined) await beginNewForm(budgets, projectId);
    else if (!isNoted && isToBeNoted(found, manyRecent)) {
      await noteRecentPostings(collections, found);
      isNoted = true;
    } else if (Object.keys(found.reservations ?? {}).length > 0) {
      await moveOld(budgets, found);
      isNoted = false;
    } else if (found.day < today.day) await turnPage(budgets, found, today);
    else return found;
  }
  throw changedByOthers(projectId, MAX_TRIES);
}

/** The error when concurrent changes of a budget won every try. */
export function changedByOthers(projectId: string, times: number): Error {
  return new Error(`the budget of project ${projectId} was changed by others ${times} times`);
}

/** Day and month of UTC, such as `2026-11-24` and `2026-11`. */
type Period = Pick<BudgetDocument, "day" | "month">;

/** The day and the month (UTC) of a time. */
export function periodOf(time: Date): Period {
  const day = time.toISOString().slice(0, 10);
  return { day, month: day.slice(0, 7) };
}

type Budgets = Collections["budgets"];

async function makeBudget(budgets: Budgets, _id: string, today: Period): Promise<void> {
  const committed = { day: 0, month: 0, total: 0 };
  // A process of the release before looks into the map of reservations.
  const empty = { _id, ...today, committed, held: 0, epoch: 0, recent: {}, reservations: {} };
  await budgets.insertOne(empty).catch((error: unknown) => {
    // Another process has begun it.
    if (!isDuplicateKey(error)) throw error;
  });
}

// A new day or month has spent nothing; earlier reservations count in their own day.
async function turnPage(
  budgets: Budgets,
  { _id, epoch, month }: BudgetDocument,
  today: Period,
): Promise<void> {
  const begun = {
    ...today,
    "committed.day": 0,
    ...(month < today.month && { "committed.month": 0 }),
  };
  await budgets.updateOne({ _id, epoch }, { $set: begun, $inc: { epoch: 1 } });
}

/** Which budgets have reservations, or nothing at all, as the releases before kept them. */
export const OLD_FORM: Filter<BudgetDocument> = {
  $or: [{ epoch: { $exists: false } }, { reservations: { $exists: true, $ne: {} } }],
};

// What was moved has no document that anybody could find before it is noted.
function isToBeNoted({ recent }: BudgetDocument, manyRecent: number): boolean {
  const postings = Object.values(recent);
  return postings.length >= manyRecent || postings.some(({ old }) => old !== undefined);
}

async function beginNewForm(budgets: Budgets, _id: string): Promise<void> {
  const begun = { held: 0, epoch: 0, recent: {} };
  await budgets.updateOne({ _id, epoch: { $exists: false } }, { $set: begun });
}

// Their amounts are in the sums already. They get documents of their own when they are noted as any other posting.
async function moveOld(budgets: Budgets, budget: BudgetDocument): Promise<void> {
  const { _id, epoch } = budget;
  const moved = Object.entries(budget.reservations ?? {}).slice(0, MOVED_AT_ONCE);
  const asRead = moved.map(([id, { micro }]) => [`reservations.${id}.micro`, micro]);
  const recent = moved.map(([id, { micro, at, day }]): [string, RecentPosting] => [
    `recent.${id}`,
    { revision: 1, micro, held: true, old: { at, day } },
  ]);
  await budgets.updateOne({ _id, epoch, ...Object.fromEntries(asRead) } as Filter<BudgetDocument>, {
    $unset: Object.fromEntries(moved.map(([id]) => [`reservations.${id}`, ""])),
    $set: Object.fromEntries(recent),
    $inc: { held: moved.reduce((sum, [, { micro }]) => sum + micro, 0), epoch: 1 },
  });
}
