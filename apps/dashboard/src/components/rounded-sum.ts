/** Whether amounts that are rounded one by one add up to their rounded sum, as a reader adds them. In the unit that is shown, such as cents. */
export function addsUpAsShown(parts: readonly number[]): boolean {
  const shown = parts.reduce((sum, part) => sum + Math.round(part), 0);
  return shown === Math.round(parts.reduce((sum, part) => sum + part, 0));
}
