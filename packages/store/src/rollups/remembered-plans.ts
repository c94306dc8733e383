import { added } from "./period-sum.ts";
import { NAMED_TIMES, overlap, parentOf, periodAt, ROOT, type TimeRange } from "./period.ts";
import { planRange, type Pages } from "./plan-range.ts";
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

/** Plans of ranges from the sums of a project's pages. */
export interface RememberedPlans {
  /** The last plan, if it is recent; its version says whether it is still valid. */
  remembered(projectId: string, range: TimeRange): CountPlan | undefined;
  /** The plan by the present pages. */
  read(projectId: string, range: TimeRange): Promise<CountPlan>;
}

/** Reads plans from pages. */
export function createRememberedPlans(pages: RollupPages, now: () => Date): RememberedPlans {
  const plans = new Map<string, { plan: CountPlan; readAt: number }>();
  // Which pages the last plan of a project had to ask for later, so that the next one asks at once; nothing depends on it.
  const askedLater = new Map<string, readonly string[]>();

  async function readPages(projectId: string, range: TimeRange) {
    const time = now();
    const first = new Set([...likelyPages(range, time), ...(askedLater.get(projectId) ?? [])]);
    let known: Pages = await pages.read(projectId, [...first]);
    let plan = planRange(range, known, time);
    const later: string[] = [];
    for (let look = 1; look < LOOKS && plan.missing.length > 0; look += 1) {
      const wanted = plan.missing.slice(0, MAX_MISSING);
      later.push(...wanted);
      known = new Map([...known, ...(await pages.read(projectId, wanted))]);
      plan = planRange(range, known, time);
    }
    if (later.length > 0) remember(askedLater, projectId, later.slice(0, MAX_MISSING));
    return { plan, root: known.get(ROOT) };
  }

  return {
    remembered(projectId, range) {
      const known = plans.get(keyOf(projectId, range));
      if (known === undefined) return undefined;
      const age = now().getTime() - known.readAt;
      return age >= 0 && age < USED_AGAIN_MS ? known.plan : undefined;
    },
    async read(projectId, range) {
      const readAt = now().getTime();
      const { plan, root } = await readPages(projectId, range);
      const { version, changesSince } = root ?? {};
      const known = {
        sum: added(plan.sums),
        gaps: plan.gaps,
        ...(plan.sums.length > 0 && version !== undefined && { version }),
        ...(changesSince !== undefined && { changesSince }),
      };
      remember(plans, keyOf(projectId, range), { plan: known, readAt });
      return known;
    },
  };
}

function keyOf(projectId: string, { from, to }: TimeRange): string {
  return `${projectId}|${from}|${to}`;
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
