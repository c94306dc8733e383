import { z } from "zod";

import { onlyKeys } from "../../value/only-keys.ts";
import { timestampInput } from "../../value/timestamp.ts";
import { partCursor } from "./in-parts.ts";
import { queryInput } from "./list-input.ts";
import { officialZone } from "./stats-input.ts";

/**
 * What figures can be grouped by. `hour`, `day` and `hourOfDay` are of createdAt by the zone's clock; `country` is that
 * of toNumber; `outcome` counts a call once for each outcome that its attempts have; `answeredBy` is who answered last, as
 * machine detection said; `person` is userId.
 */
export const FIGURE_DIMENSIONS = [
  "hour",
  "day",
  "hourOfDay",
  "country",
  "provider",
  "status",
  "outcome",
  "answeredBy",
  "person",
] as const;

/** What figures can be grouped by. */
export type FigureDimension = (typeof FIGURE_DIMENSIONS)[number];

const allowed = FIGURE_DIMENSIONS.join(", ");

/** What to group by. */
export const figureDimension = z.enum(FIGURE_DIMENSIONS, { error: `must be one of: ${allowed}` });

/** Input of figures over call logs. */
export const figuresInput = onlyKeys({
  query: queryInput,
  from: timestampInput.optional().meta({ description: "Not before; the oldest call when absent" }),
  to: timestampInput.optional().meta({ description: "Before; the newest call when absent" }),
  by: z
    .array(figureDimension, { error: `must be a list of: ${allowed}` })
    .max(FIGURE_DIMENSIONS.length, { error: "must name each at most once" })
    .default([])
    .transform((names) => [...new Set(names)])
    .meta({ description: "What to group by", example: ["country"] }),
  timeZone: officialZone,
  cursor: partCursor,
})
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ["to"],
    error: "must be after from",
  })
  .meta({ id: "CallLogFigures", title: "Figures of call logs" });

/** Input of figures over call logs, parsed. */
export type FiguresQuery = z.output<typeof figuresInput>;
