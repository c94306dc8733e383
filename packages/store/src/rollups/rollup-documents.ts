/** How many calls there are that were created in a closed period. */
export interface PeriodSum {
  /** All of them, open ones too. */
  total: number;
  /** Those that had a final status when the period was summed, or when it was looked at again. */
  byStatus: { status: string; count: number }[];
  /** Ids of the others; how they stand is asked when it matters. */
  open: string[];
  /** From then on the first of them may be deleted by its retention; absent when none can be. */
  validUntil?: Date;
}

/** Sums over the parts of a period: the hours of a day, the days of a month, or the months of the whole log. */
export interface RollupPageDocument {
  /** Project, `|` and the period as `2026-11-25` or `2026-11`; nothing after `|` for the whole log. */
  _id: string;
  projectId: string;
  /** Another one whenever a sum was taken away, so that what was counted before is not written after. */
  version: string;
  /** By the name of the part, such as `2026-11-25T10`. */
  sums?: Record<string, PeriodSum>;
  /** Parts that are to be summed (again), and not before when. */
  blocked?: Record<string, Date>;
  /** Of the whole log: from when, unless an older part is known, and until when it was looked at. */
  sealedFrom?: Date;
  sealedTo?: Date;
  /** Of the whole log: nothing at all is summed before then. */
  blockedUntil?: Date;
}
