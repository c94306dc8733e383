import type { Outputs } from "../../api.ts";

/** The server's preview of calling one call again. */
export type RetryPreview = Outputs["calls"]["previewRetryMany"]["results"][number];

/** A finished call log, and the one that calls it again. */
export interface CalledAgain {
  from: string;
  to: string;
}

/** Preview of calling many calls again, for those checked so far. */
export interface BulkPreview {
  looked: number;
  /** Calls that would be dialled, and their numbers. */
  ids: readonly string[];
  numbers: ReadonlySet<string>;
  /** Number that would be refused, by reason. */
  refused: ReadonlyMap<string, number>;
  /** Calls that were already called again: nothing would be dialled. */
  before: readonly CalledAgain[];
  /** Number that would be called, by their possible time zones, as JSON. */
  zones: ReadonlyMap<string, number>;
  /** Number that would wait for quiet hours, by their end. */
  quiet: ReadonlyMap<string, number>;
  usdCents: number;
  /** Number to countries where no call has a price yet. */
  unpriced: number;
}

/** Before the first check. */
export const NO_PREVIEW: BulkPreview = {
  looked: 0,
  ids: [],
  numbers: new Set(),
  refused: new Map(),
  before: [],
  zones: new Map(),
  quiet: new Map(),
  usdCents: 0,
  unpriced: 0,
};

/** A checked call. */
export interface Row {
  _id: string;
  toNumber?: string | null | undefined;
}

/** The preview plus these calls; the server's previews are in their order. */
export function previewWith(
  preview: BulkPreview,
  rows: readonly Row[],
  answers: readonly RetryPreview[],
): BulkPreview {
  const sum = {
    ...preview,
    looked: preview.looked + answers.length,
    ids: [...preview.ids],
    before: [...preview.before],
    numbers: new Set(preview.numbers),
    refused: new Map(preview.refused),
    zones: new Map(preview.zones),
    quiet: new Map(preview.quiet),
  };
  for (const [index, answer] of answers.entries()) {
    const { _id, toNumber } = rows[index]!;
    if (!answer.ok) plusOne(sum.refused, answer.error.message);
    else if (answer.calledAgainAs) sum.before.push({ from: _id, to: answer.calledAgainAs._id });
    else if (answer.refusal !== null) plusOne(sum.refused, answer.refusal);
    else {
      sum.ids.push(_id);
      sum.numbers.add(toNumber ?? _id);
      plusOne(sum.zones, JSON.stringify(answer.zones));
      if (answer.quietUntil !== null) plusOne(sum.quiet, answer.quietUntil);
      if (answer.pastCost === null) sum.unpriced += 1;
      else sum.usdCents += answer.pastCost.meanUSDCents;
    }
  }
  return sum;
}

function plusOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
