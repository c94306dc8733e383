import { dollarText, localNumbers } from "../language/local-format.ts";

const inDollars = localNumbers({ style: "currency", currency: "USD" });

/** US dollars to the cent, from US cents; what is more than nothing is never shown as nothing. */
export function moneyText(amountInCents: number): string {
  const size = Math.abs(amountInCents);
  if (size > 0 && size < 0.5)
    return amountInCents < 0 ? `> ${inDollars(-0.01)}` : `< ${inDollars(0.01)}`;
  // Half a cent goes up, as on a bill; the exact decimals decide, not their binary neighbours.
  const whole = Math.round(Number(size.toFixed(6)));
  return inDollars(((amountInCents < 0 ? -1 : 1) * whole) / 100 || 0);
}

/** The exact amount where the cents hide some of it, else undefined. */
export function exactMoney(amountInCents: number): string | undefined {
  return Number.isInteger(Number(amountInCents.toFixed(6)))
    ? undefined
    : dollarText(amountInCents / 100);
}
