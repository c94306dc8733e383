/** An attempt's part in the sums of its budget; a later posting of the attempt replaces the earlier one. */
export interface Posting {
  /** Grows with every posting of the attempt. */
  revision: number;
  /** Whole micro-dollars. */
  micro: number;
  /** Reserved until the cost is known. */
  held: boolean;
}

/**
 * The amount reserved or charged for one attempt. It is kept for a week after the last fact about the attempt's cost.
 */
export interface ReservationDocument {
  /** The attempt. */
  _id: string;
  projectId: string;
  /** The first reserved amount, in whole micro-dollars. */
  reserved: number;
  at: Date;
  /** Day (UTC) in whose sums it counts, and in those of its month. */
  day: string;
  /** The amount that the budget should contain for it. */
  target: Posting;
  /** The amount that the budget contained when last noted; the budget's `recent` may be newer. */
  posted: Posting;
  /** Grows with every write but that of `posted`. */
  version: number;
  /** When it is next compared with the call. */
  checkAt: Date;
}

/** A posting in the sums that its reservation does not show yet. */
export interface RecentPosting extends Posting {
  /** Of a reservation that has no document of its own yet: when and in which day it was made. */
  old?: { at: Date; day: string };
}

/** What a project has spent and reserved, in whole micro-dollars. */
export interface BudgetDocument {
  /** The project. */
  _id: string;
  /** Day and month (UTC) that `committed.day` and `committed.month` are of. */
  day: string;
  month: string;
  committed: { day: number; month: number; total: number };
  /** The reserved part of it. */
  held: number;
  /** Grows whenever a posting leaves `recent` or another day begins, so that no write goes by what was read before. */
  epoch: number;
  /** By attempt id; few. */
  recent: Record<string, RecentPosting>;
  /** Reservations as releases before this one kept them, by attempt id; they are moved when they are seen. */
  reservations?: Record<string, { micro: number; at: Date; day: string; month: string }>;
}
