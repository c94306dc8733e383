import type { FetchedCallLog } from "@call-log/model";

/** What a search has found; the latest first in each group, at most `MOST_FOUND` of each. */
export interface FoundCalls {
  /** Latest call of each number that was found. */
  people: FetchedCallLog[];
  /** Latest call of each incident that was found. */
  incidents: FetchedCallLog[];
  /** Calls found by their id, or the provider's. */
  calls: FetchedCallLog[];
  /** Calls found by what was said, their message or a tag. */
  texts: FetchedCallLog[];
  /** Number of the latest calls in which parts within words and numbers were looked for; null for all. */
  among: number | null;
  /** True if looking for texts took too long, so that perhaps not all were found. */
  isCut: boolean;
}

/** Most results of each group. */
export const MOST_FOUND = 5;

/** The stored fields that a result shows. */
export const FOUND_PROJECTION = {
  createdAt: 1,
  toNumber: 1,
  status: 1,
  statusMessage: 1,
  "callData.message": 1,
  tags: 1,
  userId: 1,
  user: 1,
  incidentId: 1,
  incident: 1,
} as const;
