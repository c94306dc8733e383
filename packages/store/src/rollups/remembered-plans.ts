import { added } from "./period-sum.ts";
import { callsWithTag } from "./period-tags.ts";
import { NAMED_TIMES, overlap, parentOf, periodAt, ROOT, type TimeRange } from "./period.ts";
import { allCalls, callsByStatus, type KnownOf, planRange, type Pages } from "./plan-range.ts";
import type { PeriodSum } from "./rollup-documents.ts";
import type { RollupPages } from "./rollup-pages.ts";
import { buildableUntil } from "./rollup-times.ts";

/** Count plan of a range: the sum outside the gaps; calls in the gaps must be counted. */
export interface CountPlan {
  sum: PeriodSum;
  gaps: readonly TimeRange[];
  /** Version of the whole log's page for which the sum is valid; absent when the plan has no sum. */
  version?: string;
  /** Open calls whose change is not known to the sum were changed since; absent when that is not known. */
  changesSince?: Date;
}

/**
 * How long a plan is used again, in milliseconds: what is summed since makes it better, not righter; far shorter than
 * `EXPIRY_MARGIN_MS`.
 */
const USED_AGAIN_MS = 10_000;
/** Most plans that are remembered. */
const MAX_PLANS = 1000;
/** How often missing pages are read again; what is still missing is counted. */
const LOOKS = 3;
/** Most pages fetched at once beside those of the limits. */
const MAX_MISSING = 12;

/** Which calls of a project are counted. */
export interface Counted {
  projectId: string;
  range: TimeRange;
  /** Absent for all calls. */
  tag?: string;
  /** True if the sums have to tell statuses. @defaultValue false */
  byStatus?: boolean;
}

/** Plans of ranges from the sums of a project's pages. */
export interface RememberedPlans {
  /** The last plan, if it is recent or being read; its version says whether it is still valid. */
  remembered(counted: Counted): Promise<CountPlan> | undefined;
  /** The plan by the present pages. */
  read(counted: Counted): Promise<CountPlan>;
}

/** Pages without what a plan has no use for. */
export interface PagesToPlan {
  ofAll: RollupPages;
  ofTags: RollupPages;
}

/** Reads plans from pages. */
export function createRememberedPlans(
  { ofAll, ofTags }: PagesToPlan,
  now: () => Date,
): RememberedPlans {
  // From when their reading begins: many who ask at once share it.
  const plans = new Map<string, { plan: Promise<CountPlan>; readAt: number }>();
  // Which pages the last plan of its kind had to ask for later, so that the next one asks at once; nothing depends on it.
  const askedLater = new Map<string, readonly string[]>();

  async function readPages(counted: Counted) {
    const { projectId, range, tag, byStatus } = counted;
    const time = now();
    const pages = tag === undefined ? ofAll : ofTags;
    const knownOf = knownFor(counted, time);
    const kind = JSON.stringify([projectId, tag !== undefined, byStatus]);
    const first = new Set([...likelyPages(range, time), ...(askedLater.get(kind) ?? [])]);
    let known: Pages = await pages.read(projectId, [...first]);
    let plan = planRange(range, known, knownOf);
    const later: string[] = [];
    for (let look = 1; look < LOOKS && plan.missing.length > 0; look += 1) {
      const wanted = plan.missing.slice(0, MAX_MISSING);
      later.push(...wanted);
      known = new Map([...known, ...(await pages.read(projectId, wanted))]);
      plan = planRange(range, known, knownOf);
    }
    if (later.length > 0) remember(askedLater, kind, later.slice(0, MAX_MISSING));
    return { plan, root: known.get(ROOT) };
  }

  async function readPlan(counted: Counted): Promise<CountPlan> {
    const { plan, root } = await readPages(counted);
    const { version, changesSince } = root ?? {};
    return {
      sum: added(plan.sums),
      gaps: plan.gaps,
      ...(plan.sums.length > 0 && version !== undefined && { version }),
      ...(changesSince !== undefined && { changesSince }),
    };
  }

  return {
    remembered(counted) {
      const known = plans.get(keyOf(counted));
      if (known === undefined) return undefined;
      const age = now().getTime() - known.readAt;
      return age >= 0 && age < USED_AGAIN_MS ? known.plan : undefined;
    },
    async read(counted) {
      const key = keyOf(counted);
      const known = { plan: readPlan(counted), readAt: now().getTime() };
      remember(plans, key, known);
      try {
        return await known.plan;
      } catch (error) {
        if (plans.get(key) === known) plans.delete(key);
        throw error;
      }
    },
  };
}

function knownFor({ tag, byStatus = false }: Counted, now: Date): KnownOf {
  if (tag !== undefined) return callsWithTag(tag, now);
  return byStatus ? callsByStatus(now) : allCalls(now);
}

function keyOf({ projectId, range: { from, to }, tag, byStatus = false }: Counted): string {
  return JSON.stringify([projectId, `${from}`, `${to}`, tag, byStatus]);
}

function remember<V>(memory: Map<string, V>, key: string, value: V): void {
  memory.delete(key);
  memory.set(key, value);
  const [oldest] = memory.keys();
  if (memory.size > MAX_PLANS && oldest !== undefined) memory.delete(oldest);
}

/** Pages of the limits of a range, and of where the log was probably summed until. */
function likelyPages({ from, to }: TimeRange, now: Date): Set<string> {
  const edge = buildableUntil(now) - 1;
  const { from: first, to: last } = overlap(NAMED_TIMES, { from, to: Math.min(to, edge) });
  const days = [from, last].filter((time) => first <= time && time <= edge);
  const names = days.map((time) => periodAt("day", time));
  return new Set([ROOT, ...names, ...names.map(parentOf)]);
}
