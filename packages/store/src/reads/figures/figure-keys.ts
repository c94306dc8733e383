import {
  type Attempt,
  type CountedCall,
  countryOf,
  type FigureDimension,
  type FigureGroup,
} from "@call-log/model";

import { momentOf, zoneClock, zoneOffsets } from "../zone-clock.ts";

/** What the groups of a call are taken from. */
export interface GroupedCall extends CountedCall {
  _id: string;
  createdAt: Date;
  toNumber: string;
  provider?: string | null;
  userId?: string | null;
  user?: { name?: string; email?: string } | null;
}

/** What a group is called, and when it was, beside its sums. */
export type GroupNames = Pick<FigureGroup, "key" | "name" | "from" | "to">;

/** How one dimension groups calls. */
export interface FigureGrouping {
  /** Fields of a call that it needs. */
  fields: readonly string[];
  keysOf(call: GroupedCall): readonly string[];
  /** The group, described by its newest call. */
  describe(key: string, newest: GroupedCall): GroupNames;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const QUARTER_MS = 900_000;

/** How each dimension groups calls, by a zone's clock. */
export function figureGroupings(timeZone: string): Record<FigureDimension, FigureGrouping> {
  return {
    ...byClock(timeZone),
    country: byCountry(),
    provider: byProperty("provider", ({ provider }) => provider),
    status: byProperty("status", ({ status }) => status),
    outcome: byOutcome,
    person: byPerson,
  };
}

function byClock(
  timeZone: string,
): Pick<Record<FigureDimension, FigureGrouping>, "hour" | "day" | "hourOfDay"> {
  const clockOf = zoneClock(timeZone);
  const offsetAt = zoneOffsets(clockOf);
  const fields = ["createdAt"];
  const localTime = (ms: number) => new Date(ms + offsetAt(ms)).toISOString();
  const hourAt = (ms: number) => `${localTime(ms).slice(0, 13)}:00${offsetText(offsetAt(ms))}`;
  const dayAt = (ms: number) => localTime(ms).slice(0, 10);
  return {
    hour: {
      fields,
      keysOf: ({ createdAt }) => [hourAt(createdAt.getTime())],
      describe: (key, { createdAt }) => ({ key, ...spanAround(createdAt, hourAt) }),
    },
    day: {
      fields,
      keysOf: ({ createdAt }) => [dayAt(createdAt.getTime())],
      describe(key) {
        const day = Date.parse(`${key}T00:00:00Z`);
        const [from, to] = [momentOf(day, clockOf), momentOf(day + DAY_MS, clockOf)];
        return { key, from: from.toISOString(), to: to.toISOString() };
      },
    },
    hourOfDay: {
      fields,
      keysOf: ({ createdAt }) => [localTime(createdAt.getTime()).slice(11, 13)],
      describe: (key) => ({ key }),
    },
  };
}

// An hour of the clock is shorter where the clock is put forward or back within it.
function spanAround(moment: Date, keyAt: (ms: number) => string): { from: string; to: string } {
  let from = Math.floor(moment.getTime() / QUARTER_MS) * QUARTER_MS;
  let to = from + QUARTER_MS;
  const key = keyAt(from);
  while (keyAt(from - QUARTER_MS) === key) from -= QUARTER_MS;
  while (keyAt(to) === key) to += QUARTER_MS;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

function offsetText(ms: number): string {
  const minutes = Math.abs(Math.round(ms / 60_000));
  const two = (number: number) => String(number).padStart(2, "0");
  return `${ms < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function byProperty(
  field: string,
  valueOf: (call: GroupedCall) => string | null | undefined,
): FigureGrouping {
  return {
    fields: [field],
    keysOf: (call) => [valueOf(call) ?? ""],
    describe: (key) => ({ key }),
  };
}

// Few numbers are called often, and the plan of a number costs more than all else.
function byCountry(): FigureGrouping {
  const known = new Map<string, string>();
  return {
    fields: ["toNumber"],
    keysOf({ toNumber }) {
      const country = known.get(toNumber) ?? countryOf(toNumber) ?? "";
      known.set(toNumber, country);
      return [country];
    },
    describe: (key) => ({ key }),
  };
}

type WithOutcome = Partial<Pick<Attempt, "outcome">>;

// A call counts once for each outcome, as the filter of a list finds it.
const byOutcome: FigureGrouping = {
  fields: ["attempts.outcome"],
  keysOf({ attempts }) {
    const outcomes = new Set((attempts ?? []).flatMap(({ outcome }: WithOutcome) => outcome ?? []));
    return outcomes.size === 0 ? [""] : [...outcomes];
  },
  describe: (key) => ({ key }),
};

const byPerson: FigureGrouping = {
  fields: ["userId", "user.name", "user.email"],
  keysOf: ({ userId }) => [userId ?? ""],
  describe(key, { user }) {
    const name = user?.name ?? user?.email;
    return { key, ...(typeof name === "string" && name !== "" && { name }) };
  },
};
