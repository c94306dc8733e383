/** Whether somebody points at a row of calls or has it focused, so that it must not be another one at the next press. */
export function isAtRow(): boolean {
  return document.querySelector("[data-call]:hover, [data-call]:focus-within") !== null;
}
