import { allStats } from "@call-log/model";
import type { CallReader, PastCost } from "@call-log/store";

import { type KnownCosts, type RetryOutlook, retryOutlooks } from "../calls/preview-retries.ts";
import type { RouterContext } from "../context.ts";
import { type BulkScope, skipReason, type SkipReason } from "./bulk-acts.ts";
import { type BulkReading, readBulkPage } from "./bulk-pages.ts";

/** Most calls that a plan looks at one by one, and the time after which it looks at no more. */
const MOST_LOOKED = 1000;
const MOST_MS = 8000;
const PAGE = 200;
/** Calls that are named for each reason. */
export const MOST_NAMED = 5;
/** Most groups that a plan names: the largest ones. */
const MOST_GROUPS = 20;

/** Calls with one thing in common, and the first of them. */
export interface CallGroup {
  calls: number;
  ids: string[];
}

/** What "call again" would do to the calls that were looked at. */
export interface RetryPlan extends CallGroup {
  /** Different numbers that would ring. */
  numbers: number;
  refused: (CallGroup & { reason: string })[];
  /** Called again before: nothing would be dialled; `ids` are the calls that called them again. */
  before: CallGroup;
  /** Time zones that callees may be in. */
  zones: { zones: string[]; calls: number }[];
  /** Held by quiet hours until then, in ISO 8601. */
  quiet: { until: string; calls: number }[];
  /** Sums over the calls: what one in ten calls to its country is cheaper than, the mean, and what one in ten is dearer than. `unpriced` calls are left out. */
  cost: { lowUSDCents: number; meanUSDCents: number; highUSDCents: number; unpriced: number };
}

/** What an act on many calls would do. */
export interface BulkPlan {
  total: number;
  /** Where counting took too long: the time from which on calls are counted, in ISO 8601; null when all are. */
  countedFrom: string | null;
  /** Calls that are not left out because of their status. */
  matching: number;
  skipped: { reason: SkipReason; calls: number; statuses: string[] }[];
  /** How many of the matching calls were looked at one by one, the newest first; null where none has to be. */
  looked: number | null;
  retry: RetryPlan | null;
}

/** What a plan needs. */
export type Planning = Pick<RouterContext, "dispatcher" | "now"> &
  BulkReading & { reader: Pick<CallReader, "page" | "stats" | "pastCost"> };

/** Plan an act: by status for all calls, and call by call for the newest of them. Writes nothing. */
export async function planBulk(ctx: Planning, scope: BulkScope): Promise<BulkPlan> {
  const begun = performance.now();
  const isTimeUp = () => performance.now() - begun >= MOST_MS;
  const { groups, total, ...part } = await allStats(
    (cursor) =>
      ctx.reader.stats({
        projectId: ctx.identity.projectId,
        query: scope.query,
        by: ["status"],
        timeZone: "UTC",
        inParts: true,
        cursor,
      }),
    isTimeUp,
  );
  const countedFrom = part.nextCursor === undefined ? null : (part.from ?? null);
  const skipped = skippedOf(scope, groups.status ?? []);
  const matching = total.calls - skipped.reduce((sum, { calls }) => sum + calls, 0);
  const common = { total: total.calls, countedFrom, matching, skipped };
  if (scope.act === "cancel" || (matching === 0 && countedFrom === null))
    return { ...common, looked: scope.act === "cancel" ? null : 0, retry: null };
  const answers = await look(ctx, scope);
  return { ...common, looked: answers.length, retry: retryPlan(answers) };
}

function skippedOf(scope: BulkScope, statuses: readonly { key: string; calls: number }[]) {
  const skipped = new Map<SkipReason, { calls: number; statuses: string[] }>();
  for (const { key, calls } of statuses) {
    const reason = skipReason(scope, key);
    if (reason === undefined) continue;
    const sum = skipped.get(reason) ?? { calls: 0, statuses: [] };
    skipped.set(reason, { calls: sum.calls + calls, statuses: [...sum.statuses, key] });
  }
  return [...skipped].map(([reason, sum]) => ({ reason, ...sum }));
}

async function look(ctx: Planning, scope: BulkScope): Promise<RetryOutlook[]> {
  const begun = performance.now();
  const answers: RetryOutlook[] = [];
  const costs: KnownCosts = new Map();
  let cursor: string | undefined;
  do {
    const page = await readBulkPage(ctx, scope, { limit: PAGE, cursor });
    answers.push(...(await retryOutlooks(ctx, page.ids, costs)));
    cursor = page.nextCursor;
  } while (
    cursor !== undefined &&
    answers.length < MOST_LOOKED &&
    performance.now() - begun < MOST_MS
  );
  return answers;
}

/** The sums over previews of single calls. */
export function retryPlan(answers: readonly RetryOutlook[]): RetryPlan {
  const planned: string[] = [];
  const before: string[] = [];
  const refused = new Map<string, string[]>();
  const [numbers, zones, quiet] = [new Set<string>(), new Map(), new Map()] as [
    Set<string>,
    Map<string, string[]>,
    Map<string, string[]>,
  ];
  const cost = { lowUSDCents: 0, meanUSDCents: 0, highUSDCents: 0, unpriced: 0 };
  for (const answer of answers) {
    const { _id } = answer;
    if (!answer.ok) {
      addTo(refused, answer.error.message, _id);
      continue;
    }
    const { calledAgainAs, refusal, quietUntil, toNumber } = answer.preview;
    if (calledAgainAs) before.push(calledAgainAs._id);
    else if (refusal !== undefined) addTo(refused, refusal, _id);
    else {
      planned.push(_id);
      numbers.add(toNumber);
      addTo(zones, JSON.stringify(answer.preview.zones), _id);
      if (quietUntil !== undefined) addTo(quiet, quietUntil.toISOString(), _id);
      if (answer.past === undefined) cost.unpriced += 1;
      else addCost(cost, answer.past);
    }
  }
  return {
    ...groupOf(planned),
    numbers: numbers.size,
    refused: largest(refused).map(([reason, ids]) => ({ reason, ...groupOf(ids) })),
    before: groupOf(before),
    zones: largest(zones).map(([names, { length }]) => ({
      zones: JSON.parse(names) as string[],
      calls: length,
    })),
    quiet: largest(quiet).map(([until, { length }]) => ({ until, calls: length })),
    cost,
  };
}

function addCost(
  sum: { lowUSDCents: number; meanUSDCents: number; highUSDCents: number },
  { lowUSDCents, meanUSDCents, highUSDCents }: PastCost,
): void {
  sum.lowUSDCents += lowUSDCents;
  sum.meanUSDCents += meanUSDCents;
  sum.highUSDCents += highUSDCents;
}

function addTo(groups: Map<string, string[]>, key: string, id: string): void {
  const ids = groups.get(key);
  if (ids === undefined) groups.set(key, [id]);
  else ids.push(id);
}

function groupOf(ids: readonly string[]): CallGroup {
  return { calls: ids.length, ids: ids.slice(0, MOST_NAMED) };
}

function largest(groups: ReadonlyMap<string, string[]>): [string, string[]][] {
  return [...groups].toSorted(([, a], [, b]) => b.length - a.length).slice(0, MOST_GROUPS);
}
