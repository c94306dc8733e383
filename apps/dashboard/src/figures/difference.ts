import type { FigureSums } from "@call-log/model";

import { moneyText } from "../components/money-text.ts";
import { FIGURES, type FigureName, secondsText } from "./figure-text.ts";

const signed = (text: string, difference: number) => `${difference < 0 ? "−" : "+"}${text}`;

/** How each figure's difference is written, without its sign, and what more and less of it is called. */
const WRITTEN: Readonly<
  Record<
    FigureName,
    { text: (size: number) => string; more: string; less: string; hasShare: boolean }
  >
> = {
  calls: { text: (size) => size.toLocaleString("en"), more: "more", less: "fewer", hasShare: true },
  reachRate: {
    text: (size) => `${(size * 100).toFixed(1)} points`,
    more: "higher",
    less: "lower",
    hasShare: false,
  },
  median: { text: secondsText, more: "slower", less: "faster", hasShare: true },
  p90: { text: secondsText, more: "slower", less: "faster", hasShare: true },
  cost: { text: moneyText, more: "more", less: "less", hasShare: true },
};

/** The difference of a figure to that of another range, with its sign and its word: "+12 more (+8.3 %)". */
export function differenceText(name: FigureName, sums: FigureSums, compared: FigureSums): string {
  const [now, then] = [FIGURES[name].of(sums), FIGURES[name].of(compared)];
  if (now === undefined || then === undefined) return "not comparable";
  const difference = now - then;
  const { text, more, less, hasShare } = WRITTEN[name];
  if (Math.abs(difference) < 1e-9) return "the same";
  const size = signed(text(Math.abs(difference)), difference);
  const word = difference > 0 ? more : less;
  if (!hasShare || then === 0) return `${size} ${word}`;
  const share = Math.abs((difference / then) * 100).toFixed(1);
  return `${size} ${word} (${signed(`${share} %`, difference)})`;
}
