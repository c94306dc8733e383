import { isFinalStatus } from "@call-log/model";
import type { Collection, FindOptions } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import type { RollupBuild } from "./build-hours.ts";
import { foldInto } from "./build-period.ts";
import { countsOpen, isSettled, type SettledCall } from "./period-figures.ts";
import { parentOf, periodAt, rangeOf, ROOT, type TimeRange } from "./period.ts";
import type { RollupPageDocument } from "./rollup-documents.ts";
import { CHANGE_MARGIN_MS, LOOK_AGAIN_MS, RETRY_AFTER_MS } from "./rollup-times.ts";

/** How far the time that is known falls behind before it is written again (ms). */
const ADVANCE_MS = 60_000;
/** More changes than in any time between two rounds; what is written down is by the hour. */
const NO_LIMIT = 2 ** 31 - 2;

/** A call that was changed. */
export interface ChangedCall {
  _id: string;
  createdAt: Date;
  status: string;
}

/**
 * The calls of a project that were changed since a time after they were inserted, created within a range; undefined
 * if there are more of all ranges than a limit.
 */
export async function changedSince(
  callLogs: Pick<Collection<CallDocument>, "find">,
  {
    projectId,
    since,
    range,
    most,
  }: { projectId: string; since: Date; range: TimeRange; most: number },
  options: FindOptions = {},
): Promise<ChangedCall[] | undefined> {
  // In the order of an index that has nothing else, so that it is the one that is used.
  const found = await callLogs
    .find<ChangedCall & { revision: number }>({ projectId, updatedAt: { $gte: since } }, options)
    .project<ChangedCall & { revision: number }>({ createdAt: 1, status: 1, revision: 1 })
    .sort({ updatedAt: 1, _id: 1 })
    .limit(most + 1)
    .toArray();
  if (found.length > most) return undefined;
  return found.filter(({ createdAt, revision }) => {
    const time = createdAt.getTime();
    return revision > 0 && range.from <= time && time < range.to;
  });
}

/**
 * Put calls that have ended under their statuses, and remove the figures of hours in which settled calls were changed.
 * Every change before the returned time is known to the sums and the figures that are left; undefined when another
 * process changed a page meanwhile.
 */
export async function followChanges(
  build: RollupBuild,
  { changesSince, writing }: RollupPageDocument,
  range: TimeRange,
): Promise<Date | undefined> {
  const { pages, projectId, clock } = build;
  const now = clock();
  const since = new Date(now.getTime() - CHANGE_MARGIN_MS);
  if (changesSince !== undefined) {
    const changes = await changesByHour(build, changesSince, range);
    const days = [...new Set([...changes.keys()].map(parentOf))];
    const known = await pages.read(projectId, [...new Set([ROOT, ...days.map(parentOf), ...days])]);
    const isRecent = since.getTime() - changesSince.getTime() < ADVANCE_MS;
    if (isRecent && changes.size === 0) return changesSince;
    if (!(await foldAll(build, known, changes))) return undefined;
    const stale = [...changes].filter(([hour, calls]) => {
      const figures = known.get(parentOf(hour))?.figures?.[hour];
      const unsettled = new Set(figures?.unsettled);
      return figures !== undefined && calls.some(({ _id }) => !unsettled.has(_id));
    });
    const isCrowd = ([hour]: readonly [string, unknown]) =>
      countsOpen(known.get(parentOf(hour))?.figures?.[hour]);
    const timesOf = (hours: typeof stale) => hours.map(([hour]) => rangeOf(hour).from);
    await pages.dropFigures(projectId, timesOf(stale.filter((entry) => !isCrowd(entry))));
    // One call of a crowd changes after the other.
    const later = new Date(now.getTime() + RETRY_AFTER_MS);
    await pages.dropFigures(projectId, timesOf(stale.filter(isCrowd)), later);
  }
  const root = await pages.open(projectId, ROOT);
  const over = Object.entries(writing ?? {}).filter(([, { until }]) => until <= now);
  const forgotten = Object.fromEntries(over.map(([name]) => [name, undefined]));
  const isWritten = await pages.write(root, { changesSince: since, writing: forgotten });
  return isWritten ? since : undefined;
}

async function changesByHour(
  { collections, projectId }: RollupBuild,
  since: Date,
  range: TimeRange,
): Promise<Map<string, ChangedCall[]>> {
  const changes = new Map<string, ChangedCall[]>();
  const search = { projectId, since, range, most: NO_LIMIT };
  for (const call of (await changedSince(collections.callLogs, search)) ?? []) {
    const hour = periodAt("hour", call.createdAt.getTime());
    changes.set(hour, [...(changes.get(hour) ?? []), call]);
  }
  return changes;
}

async function foldAll(
  { pages }: RollupBuild,
  known: ReadonlyMap<string, RollupPageDocument | undefined>,
  changes: ReadonlyMap<string, readonly ChangedCall[]>,
): Promise<boolean> {
  const ended = new Map(
    [...changes.values()]
      .flat()
      .flatMap(({ _id, status }) => (isFinalStatus(status) ? [[_id, status] as const] : [])),
  );
  for (const page of known.values())
    if (page !== undefined && !(await foldInto(pages, page, ended))) return false;
  return true;
}

/** Remove the figures of hours with unsettled calls that have settled, of those that these pages list. */
export async function dropSettled(
  { collections, pages, projectId, clock }: RollupBuild,
  { figuresLookAt }: RollupPageDocument,
  { periods, settledBefore }: { periods: readonly string[]; settledBefore: Date },
): Promise<void> {
  const now = clock();
  if (figuresLookAt !== undefined && figuresLookAt > now) return;
  const found = await pages.read(projectId, periods);
  const ids = [...found.values()].flatMap((page) =>
    Object.values(page?.figures ?? {}).flatMap(({ unsettled }) => unsettled),
  );
  const projection = { status: 1, wakeAt: 1, updatedAt: 1, revision: 1, createdAt: 1 };
  const calls = await collections.callLogs
    .find<SettledCall & ChangedCall>({ _id: { $in: [...new Set(ids)] } }, { projection })
    .toArray();
  const settled = calls.filter((call) => isSettled(call, settledBefore));
  await pages.dropFigures(
    projectId,
    settled.map(({ createdAt }) => createdAt.getTime()),
  );
  await pages.write(await pages.open(projectId, ROOT), {
    figuresLookAt: new Date(now.getTime() + LOOK_AGAIN_MS),
  });
}
