import { asDocument } from "./bson-type.ts";
import { CommandError } from "./errors.ts";
import { fieldOf } from "./path-visit.ts";

/** The keys that a document has under a list of paths; one per element where a path meets an array. */
export interface ExtractedKeys {
  readonly keys: readonly (readonly unknown[])[];
  /** Whether each path met an array. */
  readonly multikey: readonly boolean[];
  /** Whether the document lacks all of the paths; a sparse index leaves such a document out. */
  readonly absent: boolean;
}

interface Slot {
  readonly done: boolean;
  /** The value once done, else the container in which `rest` is still to be found. */
  readonly value: unknown;
  readonly rest: readonly string[];
}

/** Extracts the keys of a document as MongoDB's indexes and sorts see them. */
export function extractKeys(
  document: unknown,
  paths: readonly (readonly string[])[],
): ExtractedKeys {
  const simple = paths.map((rest) => advance({ done: false, value: document, rest }));
  const absent = simple.every((slot) => slot.done && slot.value === undefined);
  if (simple.every((slot) => slot.done)) {
    const multikey = paths.map(() => false);
    return { keys: [simple.map((slot) => nullIfMissing(slot.value))], multikey, absent };
  }
  const multikey = simple.map((slot) => !slot.done);
  const keys: unknown[][] = [];
  expand(simple, keys);
  return { keys, multikey, absent };
}

function nullIfMissing(value: unknown): unknown {
  return value === undefined ? null : value;
}

/** An empty array as an index sees it: before null in order. */
export const EMPTY_ARRAY_KEY = Symbol("empty array");

function advance(slot: Slot): Slot {
  let { value } = slot;
  let depth = 0;
  while (depth < slot.rest.length) {
    const part = slot.rest[depth] as string;
    if (Array.isArray(value)) {
      // A number in a path picks one element; then the array is not expanded.
      if (!/^\d+$/.test(part)) return { done: false, value, rest: slot.rest.slice(depth) };
    } else if (asDocument(value) === undefined) {
      return { done: true, value: undefined, rest: [] };
    }
    value = fieldOf(value, part);
    depth += 1;
  }
  return { done: !Array.isArray(value), value, rest: [] };
}

function expand(slots: readonly Slot[], keys: unknown[][]): void {
  const arrays = slots.filter((slot) => !slot.done);
  const first = arrays[0];
  if (first === undefined) {
    keys.push(slots.map((slot) => nullIfMissing(slot.value)));
    return;
  }
  if (arrays.some((slot) => slot.value !== first.value)) {
    throw new CommandError("CannotIndexParallelArrays", "cannot index parallel arrays");
  }
  const array = first.value as unknown[];
  if (array.length === 0) {
    expand(
      slots.map((slot) => (slot.done ? slot : emptySlot(slot))),
      keys,
    );
    return;
  }
  for (const element of array)
    expand(
      slots.map((slot) => (slot.done ? slot : enter(slot, element))),
      keys,
    );
}

function emptySlot(slot: Slot): Slot {
  return { done: true, value: slot.rest.length === 0 ? EMPTY_ARRAY_KEY : null, rest: [] };
}

function enter(slot: Slot, element: unknown): Slot {
  if (slot.rest.length === 0) return { done: true, value: element, rest: [] };
  if (asDocument(element) === undefined) return { done: true, value: null, rest: [] };
  return advance({ done: false, value: element, rest: slot.rest });
}
