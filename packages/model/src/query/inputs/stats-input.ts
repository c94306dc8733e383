import { z } from "zod";

import { timeZone } from "../../callee/quiet-hours.ts";
import { onlyKeys } from "../../value/only-keys.ts";
import { inParts, partCursor } from "./in-parts.ts";
import { queryInput } from "./list-input.ts";

/**
 * What call logs can be grouped by: the day or hour of createdAt, or a property; `country` is that of toNumber, and
 * `outcome` counts a call once for each outcome that its attempts have.
 */
export const STATS_DIMENSIONS = [
  "day",
  "hour",
  "status",
  "country",
  "provider",
  "outcome",
  "answeredBy",
  "tag",
] as const;

/** What call logs can be grouped by. */
export type StatsDimension = (typeof STATS_DIMENSIONS)[number];

const allowed = STATS_DIMENSIONS.join(", ");

const by = z
  .array(z.enum(STATS_DIMENSIONS, { error: `must be one of: ${allowed}` }), {
    error: `must be a list of: ${allowed}`,
  })
  .max(STATS_DIMENSIONS.length, { error: "must name each at most once" })
  .default([])
  .transform((names) => [...new Set(names)])
  .meta({ description: "What to group by", example: ["status"] });

/** A time zone by its IANA name, in its official letter case; UTC when absent. */
export const officialZone = timeZone
  .default("UTC")
  .transform((name) => new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone)
  .meta({ description: "Whose days and hours are counted" });

/** Input of sums over call logs. */
export const statsInput = onlyKeys({
  query: queryInput,
  by,
  timeZone: officialZone,
  inParts,
  cursor: partCursor,
}).meta({
  id: "CallLogStats",
  title: "Sums over call logs",
});

/** Input of sums over call logs, parsed. */
export type StatsQuery = z.output<typeof statsInput>;
