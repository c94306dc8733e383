import { z } from "zod";

import { onlyKeys } from "../value/only-keys.ts";

/** Micro-dollars in a dollar. */
const MICRO = 1_000_000;

const dollars = z
  .string({ error: 'must be US dollars as text, such as "25.00"' })
  .regex(/^\d{1,8}(\.\d{1,6})?$/, { error: 'must be US dollars as text, such as "25.00"' })
  .meta({ example: "25.00" });

/** Setting: what a project may spend, in US dollars. Days and months are those of UTC. */
export const budget = onlyKeys({
  perDayUSD: dollars.optional().meta({ description: "Most per day of UTC, in US dollars" }),
  perMonthUSD: dollars.optional().meta({ description: "Most per month of UTC, in US dollars" }),
  prepaidUSD: dollars.optional().meta({
    description: "Total paid in so far; raise it to top up",
  }),
  reserveUSD: dollars.default("0.10").meta({
    description: "Reserved per attempt until its price is known",
  }),
}).meta({
  description: "What the project may spend; a call beyond it ends as Low Balance",
  example: { perDayUSD: "25.00" },
});

/** What a project may spend. */
export type Budget = z.output<typeof budget>;

/** Limits in whole micro-dollars; an absent one is none. */
export interface SpendCaps {
  day?: number;
  month?: number;
  total?: number;
}

/** The limits of a budget. */
export function capsOf({ perDayUSD, perMonthUSD, prepaidUSD }: Budget): SpendCaps {
  return {
    ...(perDayUSD !== undefined && { day: microOf(perDayUSD) }),
    ...(perMonthUSD !== undefined && { month: microOf(perMonthUSD) }),
    ...(prepaidUSD !== undefined && { total: microOf(prepaidUSD) }),
  };
}

/** Decimal text of dollars in whole micro-dollars, exactly. */
export function microOf(usd: string): number {
  const [whole = "0", fraction = ""] = usd.split(".");
  return Number(whole) * MICRO + Number(fraction.padEnd(6, "0"));
}

/** Micro-dollars as decimal text of dollars. */
export function usdOf(micro: number): string {
  const sign = micro < 0 ? "-" : "";
  const whole = Math.floor(Math.abs(micro) / MICRO);
  const fraction = String(Math.abs(micro) % MICRO).padStart(6, "0");
  return `${sign}${whole}.${fraction.slice(0, 2)}${fraction.slice(2).replace(/0+$/, "")}`;
}

/** What has been spent, or set aside for calls whose price is not known yet, in whole micro-dollars. */
export interface Spending {
  committed: Required<SpendCaps>;
  setAside: number;
}

/** One limit of a budget in US dollars as text; `leftUSD` is negative where more was spent than was set aside. */
export interface SpendCapState {
  capUSD: string;
  committedUSD: string;
  leftUSD: string;
}

/** A budget and what is left of it; an absent limit is null. Days and months are those of UTC. */
export interface BudgetState {
  /** Reserved per attempt until its price is known. */
  reserveUSD: string;
  /** Set aside at this moment. */
  setAsideUSD: string;
  day: SpendCapState | null;
  month: SpendCapState | null;
  prepaid: SpendCapState | null;
}

/** What is left of a budget. */
export function budgetState(given: Budget, { committed, setAside }: Spending): BudgetState {
  const caps = capsOf(given);
  const stateOf = (cap: number | undefined, spent: number): SpendCapState | null =>
    cap === undefined
      ? null
      : { capUSD: usdOf(cap), committedUSD: usdOf(spent), leftUSD: usdOf(cap - spent) };
  return {
    reserveUSD: given.reserveUSD,
    setAsideUSD: usdOf(setAside),
    day: stateOf(caps.day, committed.day),
    month: stateOf(caps.month, committed.month),
    prepaid: stateOf(caps.total, committed.total),
  };
}
