import type { SpendCaps, Spending } from "@call-log/model";
import type { Collection, Filter } from "mongodb";

import type { BudgetDocument } from "./collections.ts";
import { isDuplicateKey } from "./database-error.ts";

const MAX_TRIES = 20;

/** What is set aside for an attempt, in whole micro-dollars. */
export interface Reservation {
  projectId: string;
  attemptId: string;
  micro: number;
}

/** Answer to a reservation; refused, with what is committed already in this day, this month and altogether. */
export type ReserveAnswer = { ok: true } | { ok: false; committed: Required<SpendCaps> };

/** What projects with a budget have spent and set aside: one document each, changed by single atomic updates. */
export interface BudgetStore {
  /** Set an amount aside if it fits under every cap. Repeating it for an attempt changes nothing. */
  reserve(reservation: Reservation, caps: SpendCaps): Promise<ReserveAnswer>;
  /** Put the true cost in the place of what was set aside; a second time changes nothing. */
  settle(reservation: Reservation): Promise<void>;
  /** What a project has spent and set aside in this day, this month and altogether; nothing without a budget. */
  spending(projectId: string): Promise<Spending>;
  /** Attempts for which something is set aside, of all projects, oldest first. */
  open(limit: number): Promise<{ projectId: string; attemptId: string; micro: number; at: Date }[]>;
}

/** The budgets in a MongoDB collection. */
export function createBudgetStore(deps: {
  budgets: Collection<BudgetDocument>;
  now: () => Date;
}): BudgetStore {
  const { budgets, now } = deps;

  return {
    async reserve({ projectId: _id, attemptId, micro }, caps) {
      const at = now();
      const today = periodOf(at);
      const path = `reservations.${attemptId}`;
      const fits = Object.entries(caps).map(([name, cap]) => [
        `committed.${name}`,
        { $lte: (cap as number) - micro },
      ]);
      const filter = { _id, ...today, [path]: { $exists: false }, ...Object.fromEntries(fits) };
      const update = {
        $set: { [path]: { micro, at, ...today } },
        $inc: { "committed.day": micro, "committed.month": micro, "committed.total": micro },
      };
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const { modifiedCount } = await budgets.updateOne(filter as Filter<BudgetDocument>, update);
        if (modifiedCount > 0) return { ok: true };
        const page = await turnPage(budgets, _id, today);
        if (page?.reservations[attemptId] !== undefined) return { ok: true };
        if (page !== undefined && !fitsUnder(page.committed, caps, micro))
          return { ok: false, committed: page.committed };
      }
      throw new Error(`the budget of project ${_id} was changed by others ${MAX_TRIES} times`);
    },

    settle: (reservation) => settle(budgets, reservation),

    async spending(_id) {
      const found = await budgets.findOne({ _id });
      if (found === null) return { committed: { day: 0, month: 0, total: 0 }, setAside: 0 };
      const { day, month } = periodOf(now());
      const { committed, reservations } = found;
      const setAside = Object.values(reservations).reduce((sum, { micro }) => sum + micro, 0);
      return {
        setAside,
        committed: {
          day: found.day < day ? 0 : committed.day,
          month: found.month < month ? 0 : committed.month,
          total: committed.total,
        },
      };
    },

    async open(limit) {
      const pages = await budgets.find().toArray();
      const all = pages.flatMap(({ _id: projectId, reservations }) =>
        Object.entries(reservations).map(([attemptId, { micro, at }]) => ({
          projectId,
          attemptId,
          micro,
          at,
        })),
      );
      return all.toSorted((a, b) => a.at.getTime() - b.at.getTime()).slice(0, limit);
    },
  };
}

async function settle(
  budgets: Collection<BudgetDocument>,
  { projectId: _id, attemptId, micro }: Reservation,
): Promise<void> {
  const path = `reservations.${attemptId}`;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const page = await budgets.findOne({ _id });
    const reserved = page?.reservations[attemptId];
    if (page === null || reserved === undefined) return;
    const difference = micro - reserved.micro;
    const { modifiedCount } = await budgets.updateOne(
      { _id, day: page.day, [path]: { $exists: true } },
      {
        $unset: { [path]: "" },
        $inc: {
          "committed.total": difference,
          ...(reserved.month === page.month && { "committed.month": difference }),
          ...(reserved.day === page.day && { "committed.day": difference }),
        },
      },
    );
    if (modifiedCount > 0) return;
  }
  throw new Error(`the budget of project ${_id} was changed by others ${MAX_TRIES} times`);
}

// A day or a month that has begun has spent nothing; what was set aside before counts where it was set aside.
async function turnPage(
  budgets: Collection<BudgetDocument>,
  _id: string,
  today: Period,
): Promise<BudgetDocument | undefined> {
  const found = await budgets.findOne({ _id });
  if (found === null) {
    const empty = { _id, ...today, committed: { day: 0, month: 0, total: 0 }, reservations: {} };
    await budgets.insertOne(empty).catch((error: unknown) => {
      // Another process has begun the page.
      if (!isDuplicateKey(error)) throw error;
    });
    return undefined;
  }
  if (found.day >= today.day) return found;
  const monthBegins = found.month < today.month;
  const begun = { ...today, "committed.day": 0, ...(monthBegins && { "committed.month": 0 }) };
  await budgets.updateOne({ _id, day: found.day }, { $set: begun });
  return undefined;
}

/** Day and month of UTC, such as `2026-11-24` and `2026-11`. */
type Period = Pick<BudgetDocument, "day" | "month">;

function periodOf(time: Date): Period {
  const day = time.toISOString().slice(0, 10);
  return { day, month: day.slice(0, 7) };
}

function fitsUnder(committed: Required<SpendCaps>, caps: SpendCaps, micro: number): boolean {
  const { day = Infinity, month = Infinity, total = Infinity } = caps;
  return (
    committed.day + micro <= day &&
    committed.month + micro <= month &&
    committed.total + micro <= total
  );
}
