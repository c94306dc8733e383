import type { api } from "../../api.ts";

/** What the server says of one of many calls before it is called again. */
export type RetryPreview = Awaited<
  ReturnType<typeof api.calls.previewRetryMany.query>
>["results"][number];

/** Two call logs, the one that is over and the one that calls it again. */
export interface CalledAgain {
  from: string;
  to: string;
}

/** What calling many again comes to, of those that were looked at so far. */
export interface BulkPreview {
  looked: number;
  /** Those that would be called, and the numbers that they go to. */
  ids: readonly string[];
  numbers: ReadonlySet<string>;
  /** How many would be refused, by the reason. */
  refused: ReadonlyMap<string, number>;
  /** Those that were called again before: nothing would be dialled. */
  before: readonly CalledAgain[];
  /** How many would be called, by the time zones that they may be in, as JSON. */
  zones: ReadonlyMap<string, number>;
  /** How many would wait for the end of quiet hours, by that moment. */
  quiet: ReadonlyMap<string, number>;
  usdCents: number;
  /** How many go to a country where no call has a price yet. */
  unpriced: number;
}

/** Nothing was looked at yet. */
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

/** A call that is looked at. */
export interface Row {
  _id: string;
  toNumber?: string | null | undefined;
}

/** The preview with more calls, and what the server says of them in their order. */
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
