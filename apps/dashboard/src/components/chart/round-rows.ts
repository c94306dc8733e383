/** Multiples of the smallest of these distances, in ascending order, with which at most `most` lines are above nought. */
export function roundRows(top: number, steps: readonly number[], most: number): number[] {
  const step = steps.find((one) => top / one <= most) ?? steps.at(-1)!;
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
}
