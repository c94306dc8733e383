import type { PeriodSum } from "../collections.ts";
import { added } from "./period-sum.ts";
import { NAMED_TIMES, overlap, parentOf, periodAt, ROOT, type TimeRange } from "./period.ts";
import { coverRange, type Pages } from "./plan-range.ts";
import type { SumPages } from "./rollup-pages.ts";
import { sealedBefore } from "./rollup-times.ts";

/** The calls of a range of times: their sum, but for those of the gaps, which are to be counted. */
export interface SumCover {
  sum: PeriodSum;
  gaps: readonly TimeRange[];
  /** What the page of the whole log has as its version while the sum holds; absent when no sum is in it. */
  version?: string;
}

/** How long a cover is used again, in milliseconds: what is summed since makes it better, not righter; far shorter than `EXPIRY_MARGIN_MS`. */
const USED_AGAIN_MS = 10_000;
/** Most covers that are remembered. */
const MOST_COVERS = 1000;
/** How often pages are looked for that were found to be missing; what is missing then is counted. */
const LOOKS = 3;
/** Most pages that one look fetches beside those of the limits. */
const MOST_MISSING = 12;

/** Covers of ranges by the sums of a project's pages. */
export interface SumCovers {
  /** The cover that was read last, if that is not long ago; its version says whether it still holds. */
  remembered(projectId: string, range: TimeRange): SumCover | undefined;
  /** The cover as the pages are now. */
  read(projectId: string, range: TimeRange): Promise<SumCover>;
}

/** Reads covers from pages. */
export function createSumCovers(pages: SumPages, now: () => Date): SumCovers {
  const covers = new Map<string, { cover: SumCover; readAt: number }>();
  // Which pages the last cover of a project had to ask for later, so that the next one asks at once; nothing depends on it.
  const askedLater = new Map<string, readonly string[]>();

  async function readPages(projectId: string, range: TimeRange) {
    const time = now();
    const first = new Set([...likelyPages(range, time), ...(askedLater.get(projectId) ?? [])]);
    let known: Pages = await pages.read(projectId, [...first]);
    let cover = coverRange(range, known, time);
    const later: string[] = [];
    for (let look = 1; look < LOOKS && cover.missing.length > 0; look += 1) {
      const wanted = cover.missing.slice(0, MOST_MISSING);
      later.push(...wanted);
      known = new Map([...known, ...(await pages.read(projectId, wanted))]);
      cover = coverRange(range, known, time);
    }
    if (later.length > 0) remember(askedLater, projectId, later.slice(0, MOST_MISSING));
    return { cover, version: known.get(ROOT)?.version };
  }

  return {
    remembered(projectId, range) {
      const known = covers.get(keyOf(projectId, range));
      if (known === undefined) return undefined;
      const age = now().getTime() - known.readAt;
      return age >= 0 && age < USED_AGAIN_MS ? known.cover : undefined;
    },
    async read(projectId, range) {
      const readAt = now().getTime();
      const { cover, version } = await readPages(projectId, range);
      const known = {
        sum: added(cover.sums),
        gaps: cover.gaps,
        ...(cover.sums.length > 0 && version !== undefined && { version }),
      };
      remember(covers, keyOf(projectId, range), { cover: known, readAt });
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
  if (memory.size > MOST_COVERS && oldest !== undefined) memory.delete(oldest);
}

/** Pages of the limits of a range, and of where the log was probably summed until. */
function likelyPages({ from, to }: TimeRange, now: Date): Set<string> {
  const edge = sealedBefore(now) - 1;
  const { from: first, to: last } = overlap(NAMED_TIMES, { from, to: Math.min(to, edge) });
  const days = [from, last].filter((time) => first <= time && time <= edge);
  const names = days.map((time) => periodAt("day", time));
  return new Set([ROOT, ...names, ...names.map(parentOf)]);
}
