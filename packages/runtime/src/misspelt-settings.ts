import type { Environment } from "@call-log/model";

/** A variable that nobody reads, and the setting that its name is much like. */
export interface MisspeltSetting {
  name: string;
  meant: string;
}

/** Shorter names are too much like each other. */
const SHORTEST = 8;
/** How many letters may be missing, too many, or others. */
const MOST_EDITS = 2;

/** Variables that are set under a name which is none of the known ones, but much like one that is not set. */
export function misspeltSettings(
  environment: Environment,
  known: readonly string[],
): MisspeltSetting[] {
  const given = Object.keys(environment).filter((name) => environment[name]);
  const unknown = given.filter((name) => name.length >= SHORTEST && !known.includes(name));
  const unset = known.filter((name) => name.length >= SHORTEST && !given.includes(name));
  return unknown.flatMap((name) => {
    const near = unset
      .map((meant) => ({ name, meant, edits: editsBetween(name, meant) }))
      .filter(({ edits }) => edits <= MOST_EDITS)
      .toSorted((a, b) => a.edits - b.edits);
    return near.slice(0, 1).map(({ meant }) => ({ name, meant }));
  });
}

/** Levenshtein's distance. */
function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_EDITS) return MOST_EDITS + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.split("").entries()) {
    const next = [i + 1];
    for (const [j, other] of b.split("").entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}
