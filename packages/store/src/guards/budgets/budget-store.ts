import type { SpendCaps, Spending } from "@call-log/model";

import type { BudgetDocument } from "./budget-documents.ts";
import { OLD_FORM, type BudgetDeps, openBudget, periodOf } from "./open-budget.ts";
import { reserve, type Reservation, type ReserveAnswer } from "./reserve.ts";
import { settle, type Charge, type OpenReservation } from "./settle.ts";

export type { Reservation, ReserveAnswer } from "./reserve.ts";
export type { Charge, OpenReservation } from "./settle.ts";

/**
 * Spent and reserved amounts of projects with a budget: a document for each reservation, and one with the sums of the
 * project.
 */
export interface BudgetStore {
  /** Reserve an amount if it fits under every cap. Repeating it for an attempt changes nothing. */
  reserve(reservation: Reservation, caps: SpendCaps): Promise<ReserveAnswer>;
  /** Bring the reservations and sums of a project in line with the call log. */
  settle(projectId: string, charges: readonly Charge[]): Promise<void>;
  /** Note that the cost of these attempts has changed: the next round checks their reservations. */
  recheck(attemptIds: readonly string[]): Promise<void>;
  /** Reservations due for a check, the longest due first; of one project if it is given. */
  findDue(now: Date, limit: number, projectId?: string): Promise<OpenReservation[]>;
  /**
   * The next project after this one, in the order of ids, that has reservations, and when the first of them is to be
   * looked at.
   */
  nextProject(after: string): Promise<{ projectId: string; at: Date } | undefined>;
  /** Move a project's reservations from the form of earlier releases, if any has them so; true when it did. */
  moveOldForm(): Promise<boolean>;
  /** What a project has spent and reserved today, this month and in all; nothing without a budget. */
  spending(projectId: string): Promise<Spending>;
}

/** The budgets in MongoDB collections; why money is exact in them: decision 6. */
export function createBudgetStore(deps: BudgetDeps): BudgetStore {
  const { collections, now } = deps;
  const { budgets, reservations } = collections;

  return {
    reserve: (reservation, caps) => reserve(deps, reservation, caps),

    settle: (projectId, charges) => settle(deps, projectId, charges),

    async recheck(attemptIds) {
      const soon = { $set: { checkAt: now() }, $inc: { version: 1 } };
      await reservations.updateMany({ _id: { $in: [...attemptIds] } }, soon);
    },

    findDue(at, limit, projectId) {
      const due = { ...(projectId !== undefined && { projectId }), checkAt: { $lte: at } };
      return reservations.find(due).sort({ checkAt: 1 }).limit(limit).toArray();
    },

    async nextProject(after) {
      const [found] = await reservations
        .find({ projectId: { $gt: after } }, { projection: { projectId: 1, checkAt: 1 } })
        .sort({ projectId: 1, checkAt: 1 })
        .limit(1)
        .toArray();
      return found && { projectId: found.projectId, at: found.checkAt };
    },

    async moveOldForm() {
      const found = await budgets.findOne(OLD_FORM, { projection: { _id: 1 } });
      if (found !== null) await openBudget(deps, found._id);
      return found !== null;
    },

    async spending(_id) {
      const found = await budgets.findOne({ _id });
      return spendingOf(found ?? undefined, periodOf(now()));
    },
  };
}

/** What a budget document says of this day and month; nothing where there is none. */
export function spendingOf(
  found: Partial<BudgetDocument> | undefined,
  { day, month }: Pick<BudgetDocument, "day" | "month">,
): Spending {
  const { committed = { day: 0, month: 0, total: 0 }, held = 0, reservations = {} } = found ?? {};
  const unmoved = Object.values(reservations).reduce((sum, { micro }) => sum + micro, 0);
  return {
    setAside: held + unmoved,
    committed: {
      day: (found?.day ?? "") < day ? 0 : committed.day,
      month: (found?.month ?? "") < month ? 0 : committed.month,
      total: committed.total,
    },
  };
}
