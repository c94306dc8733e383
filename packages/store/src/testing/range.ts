/** The numbers from 0 up to a length. */
export function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
