import { scanInParts, type RollupBuild } from "./build-hours.ts";
import { endedOf } from "./build-period.ts";
import { added, countsTheSame, EMPTY_SUM, folded, hasTotal } from "./period-sum.ts";
import { levelOf, parentOf, partsOf, rangeOf, ROOT } from "./period.ts";
import type { PeriodSum } from "./rollup-documents.ts";

/** Count the calls of a day again and compare its sums; returns the periods whose sums are wrong. */
export async function verifyDay(build: RollupBuild, day: string): Promise<string[]> {
  // Calls that end between the two reads cause a difference that is no error.
  const suspects = await wrongSums(build, day);
  if (suspects.length === 0) return [];
  const again = new Set(await wrongSums(build, day));
  return suspects.filter((period) => again.has(period));
}

async function wrongSums(build: RollupBuild, day: string): Promise<string[]> {
  const { pages, projectId, now } = build;
  const month = parentOf(day);
  const before = await pages.read(projectId, [ROOT, month, day]);
  const hours = partsOf(day, rangeOf(day));
  const counted = await scanInParts(build, rangeOf(day));
  const days = partsOf(month, rangeOf(month)).map((part) => before.get(month)?.sums?.[part]);
  const truths = new Map<string, readonly (PeriodSum | undefined)[]>([
    ...hours.map((hour) => [hour, [counted.get(hour) ?? EMPTY_SUM]] as const),
    [day, hours.map((hour) => counted.get(hour) ?? EMPTY_SUM)],
    [month, days],
  ]);
  const wrong: string[] = [];
  for (const [period, parts] of truths) {
    const kept = before.get(levelOf(period) === "month" ? ROOT : parentOf(period))?.sums?.[period];
    const known = parts.filter((part) => part !== undefined);
    if (!hasTotal(kept, now) || known.length < parts.length) continue;
    const [a, b] = await Promise.all([kept, added(known)].map((sum) => asOfNow(build, sum)));
    if (!countsTheSame(a!, b!)) wrong.push(period);
  }
  const after = await pages.read(projectId, [ROOT, month, day]);
  const isSame = [...before].every(([name, page]) => page?.version === after.get(name)?.version);
  return isSame ? wrong : [];
}

async function asOfNow(build: RollupBuild, sum: PeriodSum): Promise<PeriodSum> {
  return folded(sum, await endedOf(build, sum.open));
}
