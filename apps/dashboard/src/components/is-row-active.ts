/** Whether a row of calls is hovered or focused, so that rows must not move before the next click. */
export function isRowActive(): boolean {
  return document.querySelector("[data-call]:hover, [data-call]:focus-within") !== null;
}
