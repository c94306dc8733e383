import type { RollupBuild } from "./build-hours.ts";
import { createdIn } from "./created-in.ts";
import { contradict, mergedTags, tagFold, usableTags } from "./period-tags.ts";
import { levelOf, parentOf, partsOf, rangeOf, ROOT } from "./period.ts";
import type { PeriodTags, RollupPageDocument } from "./rollup-documents.ts";

/**
 * Count the tags of an hour again, and add up those of its day and month, and compare what is kept; returns the periods
 * whose tags are wrong.
 */
export async function verifyTags(build: RollupBuild, hour: string): Promise<string[]> {
  const { pages, projectId, now } = build;
  const day = parentOf(hour);
  const month = parentOf(day);
  const names = [ROOT, month, day];
  const before = await pages.read(projectId, names);
  const tagsOf = (period: string) => keptTags(before, period, now);
  const truths = [
    { period: hour, truth: await countedTags(build, hour) },
    ...[day, month].map((period) => ({
      period,
      truth: sumOfParts(partsOf(period, rangeOf(period)).map(tagsOf), period),
    })),
  ];
  const after = await pages.read(projectId, names);
  if (names.some((name) => before.get(name)?.version !== after.get(name)?.version)) return [];
  return truths.flatMap(({ period, truth }) => {
    const kept = tagsOf(period);
    return kept === undefined || truth === undefined || !contradict(kept, truth) ? [] : [period];
  });
}

function keptTags(
  pages: ReadonlyMap<string, RollupPageDocument | undefined>,
  period: string,
  now: Date,
): PeriodTags | undefined {
  const page = pages.get(levelOf(period) === "month" ? ROOT : parentOf(period));
  return usableTags(page, period, now);
}

async function countedTags(
  { collections, projectId }: RollupBuild,
  hour: string,
): Promise<PeriodTags> {
  const fold = tagFold();
  const created = { projectId, ...createdIn(rangeOf(hour)) };
  for await (const { tags } of collections.callLogs.find(created, { projection: { tags: 1 } }))
    fold.add(tags);
  return fold.counted("hour");
}

function sumOfParts(
  parts: readonly (PeriodTags | undefined)[],
  period: string,
): PeriodTags | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length < parts.length ? undefined : mergedTags(known, levelOf(period));
}
