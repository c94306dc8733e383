import type { DispatchContext } from "@call-log/dispatcher";

import type { Findings } from "./verdict.ts";
import { withoutOutbox } from "./without-outbox.ts";

/** A defect that a run has to find. */
export interface Mutant {
  /** The worker's context with the defect. */
  change(context: DispatchContext): DispatchContext;
  /** Text in the name of the rows that find it. */
  rows: string;
  /** What they find. */
  finds: keyof Findings;
}

/** Every defect, by its name. */
export const MUTANTS = {
  "no-outbox": { change: withoutOutbox, rows: "between a change", finds: "eventsLost" },
} as const satisfies Record<string, Mutant>;

/** Name of a mutant. */
export type MutantName = keyof typeof MUTANTS;

/** All names. */
export const MUTANT_NAMES = Object.keys(MUTANTS) as MutantName[];
