import { textOfCalleeLimits } from "./callee-limits-text.ts";
import type { Project } from "./project.ts";

/** What a part of the settings is set to now, in a few words; a dash for nothing. */
export const PRESENT = {
  project: ({ name }) => name,
  allowed: ({ allowedCountries = [] }) => allowedCountries.join(", "),
  budget: ({ budget }) =>
    [budget?.perDayUSD, budget?.perMonthUSD, budget?.prepaidUSD]
      .filter((usd) => usd !== undefined)
      .map((usd) => `$${usd}`)
      .join(", "),
  quietHours: ({ quietHours }) => (quietHours ? `${quietHours.from} – ${quietHours.to}` : ""),
  rate: ({ callsPerSecond }) => String(callsPerSecond ?? ""),
  limits: ({ calleeLimits }) => textOfCalleeLimits(calleeLimits).replaceAll("\n", ", "),
} as const satisfies Record<string, (project: Project) => string>;
