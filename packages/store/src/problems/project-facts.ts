import {
  type BudgetFact,
  capsOf,
  type Project,
  type ProjectCalls,
  type ProjectFacts,
  type RefusedFact,
  type SpendCaps,
  usdOf,
} from "@call-log/model";
import type { Filter } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import type { Collections } from "../collections.ts";
import { spendingOf } from "../guards/budgets/budget-store.ts";
import { periodOf } from "../guards/budgets/open-budget.ts";
import { stuckAt } from "../reads/stuck-calls.ts";

/** Problems of projects, as the database shows them. */
export interface ProjectHealthFacts {
  stuck: ProjectFacts<ProjectCalls>;
  unknown: ProjectFacts<ProjectCalls>;
  budgets: readonly BudgetFact[];
  refused: ProjectFacts<RefusedFact>;
}

/** How to look. */
export interface FactsQuery {
  now: Date;
  /** How long an unknown call is looked for; after twice this time it is held. */
  unknownSeconds: number;
}

/** Reads problems of projects. */
export interface ProjectFactsReader {
  read(query: FactsQuery): Promise<ProjectHealthFacts>;
}

/** Tag of the calls that call-log places because of a problem; they are no problem themselves. */
export const HEALTH_CALL_TAG = "call-log-health";

/** Most documents of a kind that one check reads: its cost does not grow with the number of problems. */
const MOST = 1000;
const options = { maxTimeMS: 5000 };
/** Names of the limits, as facts have them. */
const CAPS = { day: "day", month: "month", total: "prepaid" } as const;

type Sources = Pick<Collections, "callLogs" | "projects" | "budgets" | "deadLetters">;

/** A reader on the collections. */
export function createProjectFacts(collections: Sources): ProjectFactsReader {
  return {
    async read({ now, unknownSeconds }) {
      const projects = await collections.projects
        .find({}, options)
        .project<Pick<Project, "_id" | "budget">>({ budget: 1 })
        .toArray();
      const ids = projects.map(({ _id }) => _id);
      const [stuck, unknown, budgets, refused] = await Promise.all([
        readCalls(collections, {
          filter: stuckAt(now),
          sort: "wakeAt",
        }),
        readCalls(collections, {
          filter: { projectId: { $in: ids }, ...heldAt(now, unknownSeconds) },
          sort: "createdAt",
        }),
        readBudgets(collections, projects, now),
        readRefused(collections),
      ]);
      return { stuck, unknown, budgets, refused };
    },
  };
}

// By its claim: each look-up changes the call, also long after the window. The last one within it may take a while.
function heldAt(now: Date, unknownSeconds: number): Filter<CallDocument> {
  const claimedAt = { $lte: new Date(now.getTime() - 2 * unknownSeconds * 1000) };
  const unknown = { state: "unknown", outcome: { $exists: false }, claimedAt } as const;
  return { status: "Unknown", attempts: { $elemMatch: unknown } };
}

async function readCalls(
  { callLogs }: Sources,
  { filter, sort }: { filter: Filter<CallDocument>; sort: "wakeAt" | "createdAt" },
): Promise<ProjectFacts<ProjectCalls>> {
  const found = await callLogs
    .find({ ...filter, tags: { $ne: HEALTH_CALL_TAG } }, options)
    .project<{ _id: string; projectId: string }>({ projectId: 1 })
    .sort({ [sort]: 1 })
    .limit(MOST)
    .toArray();
  const byProject = new Map<string, ProjectCalls>();
  for (const { _id: oldestId, projectId } of found) {
    const before = byProject.get(projectId) ?? { projectId, calls: 0, oldestId };
    byProject.set(projectId, { ...before, calls: before.calls + 1 });
  }
  return { projects: [...byProject.values()], isWhole: found.length < MOST };
}

async function readBudgets(
  { budgets }: Sources,
  projects: readonly Pick<Project, "_id" | "budget">[],
  now: Date,
): Promise<BudgetFact[]> {
  const limited = projects.flatMap(({ _id, budget }) =>
    budget === undefined ? [] : [{ _id, caps: capsOf(budget) }],
  );
  if (limited.length === 0) return [];
  const ids = limited.map(({ _id }) => _id);
  const found = await budgets.find({ _id: { $in: ids } }, options).toArray();
  const byProject = new Map(found.map((document) => [document._id, document]));
  return limited.flatMap(({ _id, caps }) => {
    const { committed } = spendingOf(byProject.get(_id), periodOf(now));
    return factsOf(_id, caps, committed);
  });
}

function factsOf(projectId: string, caps: SpendCaps, committed: Required<SpendCaps>): BudgetFact[] {
  return (["day", "month", "total"] as const).flatMap((name) => {
    const most = caps[name];
    if (most === undefined) return [];
    const spent = committed[name];
    const share = most === 0 ? 1 : spent / most;
    const words = { capUSD: usdOf(most), committedUSD: usdOf(spent) };
    return [{ projectId, cap: CAPS[name], ...words, share }];
  });
}

async function readRefused({ deadLetters }: Sources): Promise<ProjectFacts<RefusedFact>> {
  const found = await deadLetters
    .find({ state: "open" }, options)
    .project<{ projectId?: string }>({ projectId: 1 })
    .sort({ createdAt: 1 })
    .limit(MOST)
    .toArray();
  const counts = new Map<string | null, number>();
  for (const { projectId = null } of found) counts.set(projectId, (counts.get(projectId) ?? 0) + 1);
  const projects = [...counts].map(([projectId, requests]) => ({ projectId, requests }));
  return { projects, isWhole: found.length < MOST };
}
