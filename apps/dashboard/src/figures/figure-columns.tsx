import { answerSeconds, type FigureGroup, type FigureSums, reachRate } from "@call-log/model";
import type { ReactNode } from "react";

import { Money, SimulatedMark } from "../components/money.tsx";
import { numberText } from "../language/local-format.ts";
import { t } from "../language/translate.ts";
import { differenceText } from "./difference.ts";
import { centsOf, type FigureName, minutesText, percentText, secondsText } from "./figure-text.ts";

/** A column of a table of figures. */
export interface FigureColumn {
  label: string;
  /** Behind the label in the head. */
  mark?: ReactNode;
  cell: (group: FigureGroup, compared: FigureGroup | undefined) => ReactNode;
}

const count = (number: number | undefined) => numberText(number ?? 0);

function cost(sums: FigureSums): ReactNode {
  return <Money cents={centsOf(sums)} isPending={sums.pricesPending > 0} isPlain />;
}

/** The columns that the screens choose from. */
export const COLUMNS = {
  calls: { label: t("Calls"), cell: ({ calls }) => count(calls) },
  reached: { label: t("Reached"), cell: ({ statuses }) => count(statuses.reached) },
  reachRate: { label: t("Reach rate"), cell: (group) => percentText(reachRate(group)) },
  median: {
    label: t("Time to answer, median"),
    cell: (group) => secondsText(answerSeconds(group, 0.5)),
  },
  p90: {
    label: t("Time to answer, 90th percentile"),
    cell: (group) => secondsText(answerSeconds(group, 0.9)),
  },
  attempts: { label: t("Attempts"), cell: ({ attempts }) => count(attempts) },
  minutes: { label: t("Minutes"), cell: minutesText },
  cost: { label: t("Cost"), mark: <SimulatedMark />, cell: cost },
} as const satisfies Record<string, FigureColumn>;

/** A column with the difference of a figure to that of the other range. */
export function differenceColumn(name: FigureName, label: string): FigureColumn {
  return {
    label,
    cell: (group, compared) => (compared ? differenceText(name, group, compared) : t("new")),
  };
}
