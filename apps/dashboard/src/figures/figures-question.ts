import type { FigureDimension, QueryInput } from "@call-log/model";

import type { ShownRange, TimeRange } from "../components/time-range/time-range.ts";

/** What figures are asked for. */
export interface FiguresQuestion {
  query: QueryInput;
  /** ISO 8601; the oldest call when absent. */
  from?: string;
  /** First moment after it, ISO 8601; the newest call when absent. */
  to?: string;
  by: readonly FigureDimension[];
  timeZone: string;
}

/** The question for a range, by the clock of a zone. */
export function questionOf(
  query: QueryInput,
  { from, to }: TimeRange,
  { by, zone }: Pick<ShownRange, "zone"> & Pick<FiguresQuestion, "by">,
): FiguresQuestion {
  return {
    query,
    ...(from && { from: from.toISOString() }),
    ...(to && { to: to.toISOString() }),
    by,
    timeZone: zone,
  };
}

/** Address of the figures by one dimension as CSV. */
export function csvAddress(by: FigureDimension, question: FiguresQuestion): string {
  const { query, from, to, timeZone } = question;
  const parameters = new URLSearchParams({
    by,
    ...(Object.keys(query).length > 0 && { query: JSON.stringify(query) }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    timeZone,
  });
  return `/export/figures.csv?${parameters.toString()}`;
}
