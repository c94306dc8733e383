import { callingCodeOfCountry, type FigureDimension, type FigureGroup } from "@call-log/model";

import type { ShownRange } from "../components/time-range/time-range.ts";

/** What a link leads to beside its group. */
export interface LinkContext {
  range: ShownRange;
  /** Filters of the screen, by their parameter. */
  filters: Readonly<Record<string, string>>;
  /** Whether the key may search by number. */
  seesNumbers: boolean;
}

type Group = Pick<FigureGroup, "key" | "from" | "to">;

/** Filter of the list that finds the calls of a group; undefined where there is none. */
const FILTER_OF: Readonly<
  Record<
    FigureDimension,
    (group: Group, context: LinkContext) => Record<string, string> | undefined
  >
> = {
  hour: () => ({}),
  day: () => ({}),
  // The list has no filter for it: hourOfDayAddress leads on.
  hourOfDay: () => undefined,
  country({ key }, { seesNumbers }) {
    const code = seesNumbers ? callingCodeOfCountry(key) : undefined;
    return code === undefined ? undefined : { to: `+${code}` };
  },
  provider: ({ key }) => ({ provider: key }),
  status: ({ key }) => ({ status: key }),
  outcome: ({ key }) => ({ outcome: key }),
  answeredBy: ({ key }) => ({ answered: key }),
  person: ({ key }) => ({ user: key }),
};

/** Address of the list of a group's calls, in the same range and zone; undefined where the list has no filter for it. */
export function callsOfGroup(
  by: FigureDimension,
  group: Group,
  context: LinkContext,
): string | undefined {
  if (group.key === "") return undefined;
  const filter = FILTER_OF[by](group, context);
  if (filter === undefined) return undefined;
  return addressOf("/", { ...context.filters, ...filter, ...momentsOf(group, context.range) });
}

/** Address of the list of all calls of a range. */
export function callsOfRange({ range, filters }: Pick<LinkContext, "range" | "filters">): string {
  return addressOf("/", { ...filters, ...momentsOf(range, range) });
}

/** Address of the figures of one hour of every day of a range, each with a link to its calls. */
export function hourOfDayAddress(hour: string, { range, filters }: LinkContext): string {
  return addressOf("/figures", { ...filters, ...momentsOf(range, range), by: "hour", at: hour });
}

// Moments instead of a name, so that the list is of the same range whenever it is opened. An hour or a day may lie partly outside of the range.
function momentsOf(
  group: { from?: Date | string | undefined; to?: Date | string | undefined },
  range: ShownRange,
): Record<string, string> {
  const starts = [group.from, range.from].flatMap((one) =>
    one === undefined ? [] : +new Date(one),
  );
  const ends = [group.to, range.to].flatMap((one) => (one === undefined ? [] : +new Date(one)));
  return {
    ...(starts.length > 0 && { since: new Date(Math.max(...starts)).toISOString() }),
    // The list's end is inclusive.
    ...(ends.length > 0 && { until: new Date(Math.min(...ends) - 1).toISOString() }),
    zone: range.zone,
  };
}

function addressOf(path: string, parameters: Record<string, string>): string {
  return `${path}?${new URLSearchParams(parameters).toString()}`;
}

/** Countries of other groups with the calling code of this one, whose calls its link finds, too. */
export function sharersOf(country: string, groups: readonly Pick<FigureGroup, "key">[]): string[] {
  const code = callingCodeOfCountry(country);
  return groups.flatMap(({ key }) =>
    key !== "" && key !== country && callingCodeOfCountry(key) === code ? [key] : [],
  );
}
