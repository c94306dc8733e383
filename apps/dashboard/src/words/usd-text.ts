import { localNumbers } from "../language/local-format.ts";

const inDollars = localNumbers({
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 2,
  maximumFractionDigits: 6,
});

/** US dollars as exact text of the active language, from US cents. */
export function usdText(cents: number): string {
  return inDollars(cents / 100);
}
