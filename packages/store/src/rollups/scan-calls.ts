import { isFinalStatus, OPEN_STATUSES } from "@call-log/model";
import type { Collection } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { createdIn } from "./created-in.ts";
import { MAX_OPEN, totalOnly } from "./period-sum.ts";
import { periodAt, rangeOf, type TimeRange } from "./period.ts";
import type { PeriodSum } from "./rollup-documents.ts";
import { EXPIRY_MARGIN_MS } from "./rollup-times.ts";

const MS_PER_DAY = 86_400_000;
const MS_PER_HOUR = 3_600_000;

/** What is scanned: calls of a project, created within whole hours of one day. */
export interface Scan {
  projectId: string;
  range: TimeRange;
  /** How long the project keeps what is over; absent when for ever. */
  retentionDays: number | undefined;
  now: Date;
}

interface Row {
  _id: { hour: number; status: unknown };
  count: number;
  expireAt: Date | null;
}

/**
 * The sums of the hours that have calls, by their names. Of an hour whose calls can't be told apart into ended and open
 * ones only the total: too many are open, one of them ended during the scan, or a status is no text.
 */
export async function scanCalls(
  callLogs: Collection<CallDocument>,
  { projectId, range, retentionDays, now }: Scan,
): Promise<Map<string, PeriodSum>> {
  const rows = await callLogs
    .aggregate<Row>([
      { $match: { projectId, ...createdIn(range) } },
      {
        $group: {
          _id: { hour: { $hour: "$createdAt" }, status: "$status" },
          count: { $sum: 1 },
          expireAt: { $min: "$expireAt" },
        },
      },
    ])
    .toArray();
  const startOfDay = range.from - (range.from % MS_PER_DAY);
  const byHour = new Map<string, Row[]>();
  for (const row of rows) {
    const name = periodAt("hour", startOfDay + row._id.hour * MS_PER_HOUR);
    byHour.set(name, [...(byHour.get(name) ?? []), row]);
  }
  // A call that ends now, or gets its time to expire later, is kept for the whole retention from now on.
  const keptUntil = retentionDays === undefined ? [] : [now.getTime() + retentionDays * MS_PER_DAY];
  const sums = new Map<string, PeriodSum>();
  for (const [hour, ofHour] of byHour) {
    const open = await openOf(callLogs, { projectId, hour, count: openCount(ofHour) });
    sums.set(hour, sumOf(ofHour, open, keptUntil));
  }
  return sums;
}

function openCount(rows: readonly Row[]): number {
  return rows.reduce((all, row) => all + (isOpen(row) ? row.count : 0), 0);
}

function isOpen({ _id: { status } }: Row): boolean {
  return typeof status === "string" && !isFinalStatus(status);
}

/** Ids of the open calls of an hour that had so many a moment ago; undefined for too many, and if one has ended since. */
async function openOf(
  callLogs: Collection<CallDocument>,
  { projectId, hour, count }: { projectId: string; hour: string; count: number },
): Promise<string[] | undefined> {
  if (count === 0) return [];
  if (count > MAX_OPEN.hour) return undefined;
  const created = { projectId, ...createdIn(rangeOf(hour)) };
  const found = await callLogs
    .find({ ...created, status: { $in: OPEN_STATUSES } }, { projection: { _id: 1 } })
    .toArray();
  return found.length === count ? found.map(({ _id }) => _id) : undefined;
}

function sumOf(
  rows: readonly Row[],
  open: string[] | undefined,
  keptUntil: readonly number[],
): PeriodSum {
  const expiries = [...rows.flatMap(({ expireAt }) => expireAt?.getTime() ?? []), ...keptUntil];
  const sum = {
    total: rows.reduce((all, { count }) => all + count, 0),
    byStatus: rows.flatMap((row) =>
      isOpen(row) ? [] : [{ status: String(row._id.status), count: row.count }],
    ),
    open: open ?? [],
    followed: true as const,
    ...(expiries.length > 0 && {
      validUntil: new Date(Math.min(...expiries) - EXPIRY_MARGIN_MS),
    }),
  };
  const isTold = open !== undefined && rows.every(({ _id }) => typeof _id.status === "string");
  return isTold ? sum : totalOnly(sum);
}
