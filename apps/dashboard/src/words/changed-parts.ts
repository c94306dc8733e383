import type { FieldChange } from "@call-log/model";

/** Whether a value with parts is shown as a whole; `field` is its own name, without those around it. */
export type IsWhole = (field: string, value: object) => boolean;

/**
 * What differs within a changed value, by paths such as `rule.retry.maxAttempts`; the change itself where the value has
 * no parts.
 */
export function changedParts({ field, from, to }: FieldChange, isWhole: IsWhole): FieldChange[] {
  const [before, after] = [from, to].map((value) => new Map(partsOf(field, value, isWhole)));
  const paths = new Set([...before!.keys(), ...after!.keys()]);
  return [...paths]
    .map((path) => ({ field: path, from: before!.get(path), to: after!.get(path) }))
    .filter((part) => JSON.stringify(part.from) !== JSON.stringify(part.to));
}

function partsOf(path: string, value: unknown, isWhole: IsWhole): [string, unknown][] {
  if (value === undefined || value === null) return [];
  const isLeaf = typeof value !== "object" || isWhole(path.split(".").at(-1)!, value);
  if (isLeaf) return [[path, value]];
  return Object.entries(value).flatMap(([name, part]) => partsOf(`${path}.${name}`, part, isWhole));
}
