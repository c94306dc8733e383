const DAY_MS = 86_400_000;
/** Share of a period that has to be over before its pace says something. */
const LEAST_SHARE = 1 / 24;

/** Where a limit leads at the present pace. */
export type Forecast =
  | { kind: "early" }
  | { kind: "nothing" }
  | { kind: "fits"; endUSD: number }
  | { kind: "used-up"; at: Date; endUSD: number | undefined }
  | { kind: "gone" };

interface Spent {
  capUSD: number;
  committedUSD: number;
}

/** The day or the month of UTC that a moment lies in: the clock of the budget. */
export function utcPeriod(kind: "day" | "month", now: Date): { from: Date; to: Date } {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const at = (months: number, days: number) => new Date(Date.UTC(year, month + months, days));
  return kind === "day"
    ? { from: at(0, day), to: at(0, day + 1) }
    : { from: at(0, 1), to: at(1, 1) };
}

/** What a limit per day or month comes to by the end of its period, if the rest is like the part that is over. */
export function forecastOfPeriod(
  { capUSD, committedUSD }: Spent,
  { from, to }: { from: Date; to: Date },
  now: Date,
): Forecast {
  if (committedUSD >= capUSD) return { kind: "gone" };
  if (committedUSD <= 0) return { kind: "nothing" };
  const [whole, over] = [to.getTime() - from.getTime(), now.getTime() - from.getTime()];
  if (over < whole * LEAST_SHARE) return { kind: "early" };
  const endUSD = (committedUSD / over) * whole;
  if (endUSD <= capUSD) return { kind: "fits", endUSD };
  const at = new Date(from.getTime() + over * (capUSD / committedUSD));
  return { kind: "used-up", at, endUSD };
}

/** When prepaid money is used up, if every day costs as much as a day of late. */
export function forecastOfPrepaid(
  { capUSD, committedUSD }: Spent,
  perDayUSD: number | undefined,
  now: Date,
): Forecast {
  if (committedUSD >= capUSD) return { kind: "gone" };
  if (perDayUSD === undefined) return { kind: "early" };
  if (perDayUSD <= 0) return { kind: "nothing" };
  const days = (capUSD - committedUSD) / perDayUSD;
  return { kind: "used-up", at: new Date(now.getTime() + days * DAY_MS), endUSD: undefined };
}
