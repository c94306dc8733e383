import { dollarText, localNumbers } from "../language/local-format.ts";
import { t } from "../language/translate.ts";

const inDollars = localNumbers({ style: "currency", currency: "USD" });

/** Less is shown as nothing by a currency of cents. */
const HALF_A_CENT = 0.5;

/** US dollars to the cent, from US cents; what is more than nothing is never shown as nothing. */
export function moneyText(amountInCents: number): string {
  const size = Math.abs(amountInCents);
  if (isTiny(amountInCents))
    return amountInCents < 0 ? `> ${inDollars(-0.01)}` : `< ${inDollars(0.01)}`;
  // Half a cent goes up, as on a bill; the exact decimals decide, not their binary neighbours.
  const whole = Math.round(Number(size.toFixed(6)));
  return inDollars(((amountInCents < 0 ? -1 : 1) * whole) / 100 || 0);
}

/** An amount inside a sentence, in words where it is too small for cents: `$0.03`, `less than $0.01`. */
export function moneyWords(amountInCents: number): string {
  const isLess = amountInCents > 0 && isTiny(amountInCents);
  return isLess ? t("less than {amount}", { amount: inDollars(0.01) }) : moneyText(amountInCents);
}

/** An amount that is not certain, inside a sentence: `about $0.03`, `less than $0.01`. */
export function aboutMoney(amountInCents: number): string {
  return Math.abs(amountInCents) < HALF_A_CENT
    ? moneyWords(amountInCents)
    : t("about {amount}", { amount: moneyText(amountInCents) });
}

function isTiny(amountInCents: number): boolean {
  return amountInCents !== 0 && Math.abs(amountInCents) < HALF_A_CENT;
}

/** The exact amount where the cents hide some of it, else undefined. */
export function exactMoney(amountInCents: number): string | undefined {
  return Number.isInteger(Number(amountInCents.toFixed(6)))
    ? undefined
    : dollarText(amountInCents / 100);
}
