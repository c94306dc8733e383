/** What an attempt adds to the sums of its budget; a later one of the same attempt takes the place of the one before. */
export interface Posting {
  /** Grows with every posting of the attempt. */
  revision: number;
  /** Whole micro-dollars. */
  micro: number;
  /** Set aside until the cost is known. */
  held: boolean;
}

/** What is set aside or charged for one attempt. It stays for a week after the last fact about the attempt's cost. */
export interface ReservationDocument {
  /** The attempt. */
  _id: string;
  projectId: string;
  /** What was set aside first, in whole micro-dollars. */
  reserved: number;
  at: Date;
  /** Day (UTC) in whose sums it counts, and in those of its month. */
  day: string;
  /** What the budget has to have for it. */
  target: Posting;
  /** What the budget had when that was noted last; `recent` of the budget may be further. */
  posted: Posting;
  /** Grows with every write but that of `posted`. */
  version: number;
  /** When it is compared with the call next. */
  checkAt: Date;
}

/** A posting that is in the sums, until that is noted in its reservation. */
export interface RecentPosting extends Posting {
  /** Of a reservation that has no document of its own yet: when and in which day it was made. */
  old?: { at: Date; day: string };
}

/** What a project with a budget has committed, spent or set aside, in whole micro-dollars. */
export interface BudgetDocument {
  /** The project. */
  _id: string;
  /** Day and month (UTC) that `committed.day` and `committed.month` are of. */
  day: string;
  month: string;
  committed: { day: number; month: number; total: number };
  /** How much of it is set aside. */
  held: number;
  /** Grows whenever a posting leaves `recent` or another day begins, so that no write goes by what was read before. */
  epoch: number;
  /** By attempt id; few. */
  recent: Record<string, RecentPosting>;
  /** Reservations as releases before this one kept them, by attempt id; they are moved when they are seen. */
  reservations?: Record<string, { micro: number; at: Date; day: string; month: string }>;
}
