import { valueInWords } from "../../words/recorded-value.ts";
import type { Project } from "./project.ts";

/** What a part of the settings is set to now, in a few words; a dash for nothing. */
export const PRESENT = {
  project: ({ name }) => name,
  allowed: ({ allowedCountries = [] }) => allowedCountries.join(", "),
  budget: ({ budget }) => valueInWords("budget", budget),
  quietHours: ({ quietHours }) => valueInWords("quietHours", quietHours),
  rate: ({ callsPerSecond }) => String(callsPerSecond ?? ""),
  limits: ({ calleeLimits }) => valueInWords("calleeLimits", calleeLimits),
} as const satisfies Record<string, (project: Project) => string>;
