import { answerSeconds, type FigureSums, reachRate } from "@call-log/model";

import { tenthText } from "../language/local-format.ts";
import { t } from "../language/translate.ts";

/** A rate from 0 to 1 in percent; a dash for none. */
export function percentText(rate: number | undefined): string {
  return rate === undefined ? "–" : `${tenthText(rate * 100)} %`;
}

/** Seconds in words that stay short: 0.4 s, 12 s, 3 min 5 s, 2 h 4 min; a dash for none. */
export function secondsText(seconds: number | undefined): string {
  if (seconds === undefined) return "–";
  if (seconds < 10) return `${tenthText(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return minutes % 60 === 0
    ? `${minutes / 60} h`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Minutes of talk, to a tenth. */
export function minutesText({ talkMs }: Pick<FigureSums, "talkMs">): string {
  return tenthText(talkMs / 60_000);
}

/** Cost in US cents. */
export function centsOf({ costInMicroUSD }: Pick<FigureSums, "costInMicroUSD">): number {
  return costInMicroUSD / 10_000;
}

/** Numbers that one figure has in a table. */
export const FIGURES = {
  calls: { label: t("Calls"), of: ({ calls }: FigureSums) => calls },
  reachRate: { label: t("Reach rate"), of: reachRate },
  median: {
    label: t("Time to answer, median"),
    of: (sums: FigureSums) => answerSeconds(sums, 0.5),
  },
  p90: { label: t("Time to answer, 90 %"), of: (sums: FigureSums) => answerSeconds(sums, 0.9) },
  cost: { label: t("Cost"), of: centsOf },
} as const satisfies Record<
  string,
  { label: string; of: (sums: FigureSums) => number | undefined }
>;

/** One of the numbers. */
export type FigureName = keyof typeof FIGURES;
