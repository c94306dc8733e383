/** The button of a row's cell lies over the row, outside of it. */
const ROW = ":is([data-call], .cell-filter)";

/** Whether a row of calls is hovered or focused, so that rows must not move before the next click. */
export function isRowActive(): boolean {
  return document.querySelector(`${ROW}:hover, ${ROW}:focus-within`) !== null;
}
