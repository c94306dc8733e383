import {
  allStats,
  type BudgetState,
  type CallSums,
  dollars,
  type StatsDimension,
  STATS_DIMENSIONS,
} from "@call-log/model";
import { z } from "zod";

import { periodConditions, periodFields, periodOf } from "../call-search.ts";
import { counted } from "../text/counted.ts";
import { shownTimes } from "../text/shown-times.ts";
import { defineTool, READS } from "../tool.ts";

const MOST_IN_WORDS = 12;
/** No further part is asked for after so many milliseconds: clients wait a minute. */
const MOST_MS = 20_000;

const sums = z.object({
  calls: z.int(),
  costInUSD: z.number(),
  pricesPending: z.int().meta({ description: "Calls whose price is still to come" }),
});

const cap = z.object({ capUSD: z.string(), committedUSD: z.string(), leftUSD: z.string() });

/** `costs`: what the calls of a span of time cost, in groups, and what is left of the budget. */
export const costs = defineTool({
  name: "costs",
  title: "Costs of calls",
  description:
    "What the calls of a span of time cost in US dollars, in all and by day, hour, provider, country, status, outcome of an attempt, who answered or tag, and what is left of the project's budget. This month when no time is given.",
  hints: READS,
  needs: "read",
  input: z.strictObject({
    ...periodFields,
    by: z
      .enum(STATS_DIMENSIONS)
      .optional()
      .meta({ description: "What to group by; nothing when absent" }),
  }),
  output: z.object({
    from: z.string().nullable(),
    to: z.string().nullable(),
    countedFrom: z.string().nullable().meta({
      description: "Null: all are counted. Else only calls from then on, as it took too long",
    }),
    total: sums,
    groups: z.array(sums.extend({ key: z.string() })),
    budget: z
      .object({ day: cap.nullable(), month: cap.nullable(), prepaid: cap.nullable() })
      .nullable()
      .meta({ description: "Null: the project has no budget. Days and months are those of UTC" }),
  }),
  async run({ by, ...given }, { api, now }) {
    const isOpen = [given.when, given.since, given.until].every((one) => one === undefined);
    const period = periodOf(isOpen ? { ...given, when: "this month" } : given, now());
    const dimensions: StatsDimension[] = by === undefined ? [] : [by];
    const question = {
      query: { $and: periodConditions(period) },
      by: dimensions,
      timeZone: given.timeZone,
      inParts: true,
    };
    const begun = now().getTime();
    const isTimeUp = () => now().getTime() - begun >= MOST_MS;
    const [found, budget] = await Promise.all([
      allStats(
        (cursor) => api.sums({ ...question, ...(cursor !== undefined && { cursor }) }),
        isTimeUp,
      ),
      api.budget(),
    ]);
    const groups = by === undefined ? [] : (found.groups[by] ?? []);
    const { day } = shownTimes(given.timeZone);
    const countedFrom = found.nextCursor === undefined ? null : (found.from ?? null);
    const edges = {
      from: period.from?.toISOString() ?? null,
      to: period.to?.toISOString() ?? null,
    };
    const span = [
      edges.from === null ? "" : ` from ${day(edges.from)}`,
      edges.to === null ? "" : ` until ${day(edges.to)}`,
    ].join("");
    const lines = groups
      .slice(0, MOST_IN_WORDS)
      .map((one) => `${one.key || "none"}: ${words(one)}`);
    const more = groups.length - lines.length;
    return {
      data: {
        ...edges,
        countedFrom,
        total: presentSums(found.total),
        groups: groups.map((one) => ({ key: one.key, ...presentSums(one) })),
        budget: budget && presentBudget(budget),
      },
      text: [
        `The calls${span}: ${words(found.total)}.`,
        ...(countedFrom === null
          ? []
          : [`Only calls from ${day(countedFrom)} on are counted. Ask for a shorter time.`]),
        ...lines,
        ...(more > 0 ? [`and ${more} more`] : []),
        ...budgetWords(budget),
      ].join("\n"),
    };
  },
});

function presentSums({ calls, costInUSDCents, pricesPending }: CallSums) {
  return { calls, costInUSD: Math.round(costInUSDCents * 10_000) / 1_000_000, pricesPending };
}

function words({ calls, costInUSDCents, pricesPending }: CallSums): string {
  const pending =
    pricesPending === 0 ? "" : `; the price of ${counted(pricesPending, "call")} is still to come`;
  return `${counted(calls, "call")} for ${dollars(costInUSDCents)}${pending}`;
}

function presentBudget({ day, month, prepaid }: BudgetState) {
  return { day, month, prepaid };
}

function budgetWords(budget: BudgetState | null): string[] {
  if (budget === null) return [];
  const caps = {
    today: budget.day,
    "this month": budget.month,
    "what was paid in": budget.prepaid,
  };
  return Object.entries(caps).flatMap(([name, one]) =>
    one === null ? [] : [`Budget of ${name}: ${one.leftUSD} of ${one.capUSD} USD are left.`],
  );
}
