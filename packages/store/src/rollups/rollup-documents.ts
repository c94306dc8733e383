/** Counts of the calls created in a closed period. */
export interface PeriodSum {
  /** All of them, open ones too. */
  total: number;
  /** Those that had a final status when the period was summed, or when it was looked at again. */
  byStatus: { status: string; count: number }[];
  /** Ids of the others; their status is read when it matters. */
  open: string[];
  /** From then on the first of them may be deleted by its retention; absent when none can be. */
  validUntil?: Date;
}

/** Sums over the parts of a period: the hours of a day, the days of a month, or the months of the whole log. */
export interface RollupPageDocument {
  /** Project, `|` and the period as `2026-11-25` or `2026-11`; nothing after `|` for the whole log. */
  _id: string;
  projectId: string;
  /** Changes whenever a sum is removed, so that an older count is not written afterwards. */
  version: string;
  /** By the name of the part, such as `2026-11-25T10`. */
  sums?: Record<string, PeriodSum>;
  /** Parts to sum (again), with the earliest time. */
  blocked?: Record<string, Date>;
  /** Of the whole log: start, unless an older part is known, and end of the summed time. */
  sealedFrom?: Date;
  sealedTo?: Date;
  /** Of the whole log: nothing is summed before this time. */
  blockedUntil?: Date;
}
