import type { FigureSums } from "@call-log/model";

import { moneyText } from "../components/money-text.ts";
import { inPercent, numberText, tenthText } from "../language/local-format.ts";
import { t } from "../language/translate.ts";
import { FIGURES, type FigureName, secondsText } from "./figure-text.ts";

const signed = (text: string, difference: number) => `${difference < 0 ? "−" : "+"}${text}`;

/** The words for a figure that is greater or less than another: `{size}` has its sign. */
interface Words {
  more: (size: string) => string;
  less: (size: string) => string;
}

const AMOUNT: Words = {
  more: (size) => t("{size} more", { size }),
  less: (size) => t("{size} less", { size }),
};
const NUMBER: Words = { ...AMOUNT, less: (size) => t("{size} fewer", { size }) };
const RATE: Words = {
  more: (size) => t("{size} points higher", { size }),
  less: (size) => t("{size} points lower", { size }),
};
const DURATION: Words = {
  more: (size) => t("{size} slower", { size }),
  less: (size) => t("{size} faster", { size }),
};

/** How each figure's difference is written, without its sign, and what more and less of it is called. */
const WRITTEN: Readonly<
  Record<FigureName, { text: (size: number) => string; words: Words; hasShare: boolean }>
> = {
  calls: { text: numberText, words: NUMBER, hasShare: true },
  reachRate: { text: (size) => tenthText(size * 100), words: RATE, hasShare: false },
  median: { text: secondsText, words: DURATION, hasShare: true },
  p90: { text: secondsText, words: DURATION, hasShare: true },
  cost: { text: moneyText, words: AMOUNT, hasShare: true },
};

/** The difference of a figure to that of another range, with its sign and its word: "+12 more (+8.3 %)". */
export function differenceText(name: FigureName, sums: FigureSums, compared: FigureSums): string {
  const [now, then] = [FIGURES[name].of(sums), FIGURES[name].of(compared)];
  if (now === undefined || then === undefined) return t("not comparable");
  const difference = now - then;
  const { text, words, hasShare } = WRITTEN[name];
  if (Math.abs(difference) < 1e-9) return t("the same");
  const size = signed(text(Math.abs(difference)), difference);
  const sentence = difference > 0 ? words.more(size) : words.less(size);
  if (!hasShare || then === 0) return sentence;
  const share = tenthText(Math.abs((difference / then) * 100));
  return `${sentence} (${inPercent(signed(share, difference))})`;
}
