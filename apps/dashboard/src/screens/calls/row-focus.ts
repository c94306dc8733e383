/** The row that has the focus. */
interface FocusedCall {
  id: string;
  element: HTMLElement;
}

/** The call whose row or card has the focus. */
export function focusedCall(): FocusedCall | undefined {
  const element = document.activeElement?.closest<HTMLElement>("[data-call]");
  const id = element?.dataset["call"];
  return element && id !== undefined ? { id, element } : undefined;
}

/** Moves the focus by so many rows; to the first row if none has it. */
export function moveRowFocus(step: number): void {
  const links = [...document.querySelectorAll<HTMLElement>("[data-call] .row-link")];
  const present = focusedCall()?.element.querySelector<HTMLElement>(".row-link");
  const next = present ? links.indexOf(present) + step : 0;
  links[next]?.focus();
}

/** Opens the focused row. */
export function openFocusedRow(): void {
  focusedCall()?.element.querySelector<HTMLElement>(".row-link")?.click();
}
