import {
  type Budget,
  isFinalStatus,
  OPEN_STATUSES,
  type Spending,
  type WaitReason,
} from "@call-log/model";
import type { Filter } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import type { Collections } from "../collections.ts";
import { spendingOf } from "../guards/budgets/budget-store.ts";
import { periodOf } from "../guards/budgets/open-budget.ts";
import { stuckAt } from "./stuck-calls.ts";

/** Open work of an installation, over all projects. */
export interface InstallationLoad {
  /** Open calls, by status. */
  open: Readonly<Record<string, number>>;
  /** Open calls held by a gate, by reason. */
  held: Readonly<Partial<Record<WaitReason, number>>>;
  /** Open calls more than a minute overdue for a check by the sweeper. */
  stuck: number;
  /** Ended calls with a pending price. */
  pricesPending: number;
  /** When the oldest of those was requested. */
  oldestPriceAt: Date | undefined;
  /** Due attempts that wait outside of Redis. */
  backlog: number;
  /** Budgets, and what was spent of them. */
  budgets: readonly ProjectBudget[];
}

/** What a project may spend, and what it has spent. */
export interface ProjectBudget {
  projectId: string;
  budget: Budget;
  spending: Spending;
}

type Counted = Pick<Collections, "callLogs" | "backlog" | "projects" | "budgets">;

/** Longest time that the database may spend on one of the queries, in milliseconds. */
const options = { maxTimeMS: 5000 };
/**
 * Filter of calls with a wake time. Not `$exists`: the embedded server would read every call.
 */
export const WAKING = { wakeAt: { $gt: new Date(0) } };
/** Filter of calls held by a gate. */
export const HELD: Filter<CallDocument> = { waitsFor: { $gt: "" as WaitReason } };
/** Projects whose budget is read. */
const MAX_BUDGETS = 10_000;

/** Count what is open, by indexes that hold open calls alone. */
export async function readInstallationLoad(
  collections: Counted,
  now: Date,
): Promise<InstallationLoad> {
  const { callLogs, backlog } = collections;
  const [groups, heldGroups, stuck, waiting, budgets] = await Promise.all([
    groupWaking(collections),
    callLogs
      .aggregate<{ _id: WaitReason; calls: number }>(
        [{ $match: HELD }, { $group: { _id: "$waitsFor", calls: { $sum: 1 } } }],
        options,
      )
      .toArray(),
    callLogs.countDocuments(stuckAt(now), options),
    backlog.estimatedDocumentCount(options),
    readBudgets(collections, now),
  ]);
  const awaited = groups.filter(
    ({ _id: { status, pricing } }) => pricing === "pending" && isFinalStatus(status),
  );
  const oldest = awaited.map(({ oldestAt }) => oldestAt.getTime()).toSorted((a, b) => a - b)[0];
  return {
    open: Object.fromEntries(
      OPEN_STATUSES.map((status) => [
        status,
        sumOf(groups.filter(({ _id }) => _id.status === status)),
      ]),
    ),
    held: Object.fromEntries(heldGroups.map(({ _id, calls }) => [_id, calls])),
    stuck,
    pricesPending: sumOf(awaited),
    oldestPriceAt: oldest === undefined ? undefined : new Date(oldest),
    backlog: waiting,
    budgets,
  };
}

interface WakingGroup {
  _id: { status: string; pricing?: string };
  calls: number;
  oldestAt: Date;
}

// Every open call has a wake time, and so has one with a pending price.
function groupWaking({ callLogs }: Counted): Promise<WakingGroup[]> {
  return callLogs
    .aggregate<WakingGroup>(
      [
        { $match: WAKING },
        {
          $group: {
            _id: { status: "$status", pricing: "$pricing" },
            calls: { $sum: 1 },
            oldestAt: { $min: "$createdAt" },
          },
        },
      ],
      options,
    )
    .toArray();
}

async function readBudgets({ projects, budgets }: Counted, now: Date): Promise<ProjectBudget[]> {
  const found = await projects
    .find({ budget: { $exists: true } }, options)
    .project<{ _id: string; budget?: Budget }>({ budget: 1 })
    .limit(MAX_BUDGETS)
    .toArray();
  const given = found.flatMap(({ _id: projectId, budget }) =>
    budget === undefined || budget === null ? [] : [{ projectId, budget }],
  );
  if (given.length === 0) return [];
  const spent = await budgets
    .find({ _id: { $in: given.map(({ projectId }) => projectId) } }, options)
    .toArray();
  const byProject = new Map(spent.map((document) => [document._id, document]));
  return given.map(({ projectId, budget }) => ({
    projectId,
    budget,
    spending: spendingOf(byProject.get(projectId), periodOf(now)),
  }));
}

function sumOf(groups: readonly { calls: number }[]): number {
  return groups.reduce((sum, { calls }) => sum + calls, 0);
}
