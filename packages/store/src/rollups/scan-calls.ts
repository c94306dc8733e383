import { isFinalStatus, OPEN_STATUSES } from "@call-log/model";
import type { Collection } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { createdIn } from "./created-in.ts";
import { periodAt, type TimeRange } from "./period.ts";
import type { PeriodSum } from "./rollup-documents.ts";
import { EXPIRY_MARGIN_MS } from "./rollup-times.ts";

const MS_PER_DAY = 86_400_000;
/** Most open calls that a scan takes note of. */
const MAX_OPEN = 1000;

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
 * The sums of the hours that have calls, by their names. An hour whose calls can't be told apart into ended and open ones has undefined:
 * one of them ended during the scan, or a status is no text. Undefined altogether when too many are open.
 */
export async function scanCalls(
  callLogs: Collection<CallDocument>,
  { projectId, range, retentionDays, now }: Scan,
): Promise<Map<string, PeriodSum | undefined> | undefined> {
  const created = { projectId, ...createdIn(range) };
  const open = await callLogs
    .find({ ...created, status: { $in: OPEN_STATUSES } }, { projection: { createdAt: 1 } })
    .limit(MAX_OPEN + 1)
    .toArray();
  if (open.length > MAX_OPEN) return undefined;
  const rows = await callLogs
    .aggregate<Row>([
      { $match: created },
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
  const nameOf = (hour: number) => periodAt("hour", startOfDay + hour * 3_600_000);
  // A call that ends now, or gets its time to expire later, is kept for the whole retention from now on.
  const keptUntil = retentionDays === undefined ? [] : [now.getTime() + retentionDays * MS_PER_DAY];
  const byHour = new Map<string, Row[]>();
  for (const row of rows) {
    const name = nameOf(row._id.hour);
    byHour.set(name, [...(byHour.get(name) ?? []), row]);
  }
  const isIn = (name: string) => (call: Pick<CallDocument, "createdAt">) =>
    periodAt("hour", call.createdAt.getTime()) === name;
  return new Map(
    [...byHour].map(([name, ofHour]) => [
      name,
      sumOf(
        ofHour,
        open.filter(isIn(name)).map(({ _id }) => _id),
        keptUntil,
      ),
    ]),
  );
}

function sumOf(
  rows: readonly Row[],
  open: string[],
  keptUntil: readonly number[],
): PeriodSum | undefined {
  const ended: PeriodSum["byStatus"] = [];
  let stillOpen = 0;
  for (const { _id, count } of rows) {
    if (typeof _id.status !== "string") return undefined;
    if (isFinalStatus(_id.status)) ended.push({ status: _id.status, count });
    else stillOpen += count;
  }
  if (stillOpen !== open.length) return undefined;
  const expiries = [...rows.flatMap(({ expireAt }) => expireAt?.getTime() ?? []), ...keptUntil];
  return {
    total: rows.reduce((all, { count }) => all + count, 0),
    byStatus: ended,
    open,
    followed: true,
    ...(expiries.length > 0 && {
      validUntil: new Date(Math.min(...expiries) - EXPIRY_MARGIN_MS),
    }),
  };
}
