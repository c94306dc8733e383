import { answerSeconds, type FigureSums, reachRate } from "@call-log/model";

import { lengthText } from "../format/time.ts";
import { inPercent, tenthText } from "../language/local-format.ts";
import { t } from "../language/translate.ts";

/** A rate from 0 to 1 in percent; a dash for none. */
export function percentText(rate: number | undefined): string {
  return rate === undefined ? "–" : inPercent(tenthText(rate * 100));
}

/** Seconds that people count lengths of time in. */
export const ROUND_SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400,
] as const;

/** A length of time as `lengthText` writes it; a dash for none. */
export function secondsText(seconds: number | undefined): string {
  return seconds === undefined ? "–" : lengthText(seconds);
}

/** Minutes of talk, to a tenth. */
export function minutesText({ talkMs }: Pick<FigureSums, "talkMs">): string {
  return tenthText(talkMs / 60_000);
}

/** Cost in US cents. */
export function centsOf({ costInMicroUSD }: Pick<FigureSums, "costInMicroUSD">): number {
  return costInMicroUSD / 10_000;
}

/** Whether the prices of these calls are final; nobody knows what an Unknown call costs. */
export function pricesText({ pricesPending, statuses: { unknown = 0 } }: FigureSums): string {
  if (pricesPending === 0 && unknown === 0) return t("every price is final");
  return [
    pricesPending > 0 &&
      t("{count, plural, one {# call has} other {# calls have}} no price yet", {
        count: pricesPending,
      }),
    unknown > 0 &&
      t("the cost of {count, plural, one {# Unknown call} other {# Unknown calls}} is not known", {
        count: unknown,
      }),
  ]
    .filter(Boolean)
    .join("; ");
}

/** Numbers that one figure has in a table. */
export const FIGURES = {
  calls: { label: t("Calls"), of: ({ calls }: FigureSums) => calls },
  reachRate: { label: t("Reach rate"), of: reachRate },
  median: {
    label: t("Time to answer, median"),
    of: (sums: FigureSums) => answerSeconds(sums, 0.5),
  },
  p90: {
    label: t("Time to answer, 90th percentile"),
    of: (sums: FigureSums) => answerSeconds(sums, 0.9),
  },
  cost: { label: t("Cost"), of: centsOf },
} as const satisfies Record<
  string,
  { label: string; of: (sums: FigureSums) => number | undefined }
>;

/** One of the numbers. */
export type FigureName = keyof typeof FIGURES;
