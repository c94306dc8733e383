/** Counts of the calls created in a closed period. */
export interface PeriodSum {
  /** All of them, open ones too. */
  total: number;
  /** Those that had a final status when the period was summed, or when it was looked at again. */
  byStatus: { status: string; count: number }[];
  /** Ids of the others; their status is read when it matters. */
  open: string[];
  /** True if open calls are counted as ended once their change is known; absent in sums of older versions. */
  followed?: true;
  /** From then on the first of them may be deleted by its retention; absent when none can be. */
  validUntil?: Date;
  /** Present where too much is open to be listed: only `total` holds, and until then. See `totalOnly`. */
  totalOnly?: { validUntil?: Date };
}

/** Figures of the calls created in a closed period. */
export interface PeriodFigures {
  /** How `cells` are written; those of another version are made again. */
  version: number;
  /** Sums over the settled calls, as JSON (`figure-cells.ts`). */
  cells: string;
  /** Ids of the calls that were not settled, or had just been changed; they are read when it matters. */
  unsettled: string[];
  /** When they were made. */
  asOf: Date;
  /** From then on the first of the calls may be deleted by its retention; absent when none can be. */
  validUntil?: Date;
}

/** How many of the calls created in a closed period have a tag, for the most frequent tags. */
export interface PeriodTags {
  /** All of the calls; the tags are used beside a sum of as many. */
  calls: number;
  /** Tags and their numbers of calls, as JSON (`period-tags.ts`). */
  counts: string;
  /** True if there are further tags. */
  hasMore?: true;
}

/** Figures of the calls created in a closed period that have a tag, for the most frequent tags. */
export interface PeriodTagFigures {
  /** When they were made; they are used beside figures that were made then, with the calls that those leave out. */
  asOf: Date;
  /** Tags and their cells, as JSON (`tag-figures.ts`), in the version of the figures. */
  cells: string;
  /** True if there are further tags. */
  hasMore?: true;
}

/** A batch of calls that is being written; its writer may have died. */
export interface Writing {
  /** When the first and the last of its calls were created. */
  from: Date;
  to: Date;
  /** From then on it is not waited for. */
  until: Date;
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
  /** By the name of the part; absent for a part that has not been read for figures. */
  figures?: Record<string, PeriodFigures>;
  /** By the name of the part; absent for a part that has not been read for tags. */
  tags?: Record<string, PeriodTags>;
  /** By the name of the part; absent for a part without figures. */
  tagFigures?: Record<string, PeriodTagFigures>;
  /** Parts whose figures could not be made, with the earliest time of another try. */
  figuresBlocked?: Record<string, Date>;
  /** Of the whole log: start, unless an older part is known, and end of the summed time. */
  sealedFrom?: Date;
  sealedTo?: Date;
  /** Of the whole log: nothing is summed before this time. */
  blockedUntil?: Date;
  /** Of the whole log: batches of calls that are being written to the past, by a name of their own. */
  writing?: Record<string, Writing>;
  /** Of the whole log: every change before this time is known to the figures and to the sums that are `followed`. */
  changesSince?: Date;
  /** Of the whole log: when to look again which unsettled calls have settled. */
  figuresLookAt?: Date;
}
