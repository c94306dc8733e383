import {
  answerSeconds,
  CALL_STATUS_GROUPS,
  type CallStatusGroup,
  type FigureDimension,
  type FigureGroup,
} from "@call-log/model";
import { useLocation } from "wouter";

import type { ChartPoint, ChartSeries } from "../components/chart/chart-data.ts";
import { BarChart, LineChart } from "../components/chart/chart.tsx";
import { moneyText } from "../components/money-text.ts";
import { Panel } from "../components/panel.tsx";
import { t } from "../language/translate.ts";
import { statusGroupName } from "../words/status-words.ts";
import { callsOfGroup, hourOfDayAddress, type LinkContext } from "./calls-of-group.ts";
import { centsOf, ROUND_SECONDS, secondsText } from "./figure-text.ts";
import { filledDays, filledHours } from "./filled-time.ts";
import { groupName, tickOf } from "./group-name.ts";

interface Props {
  by: FigureDimension;
  groups: readonly FigureGroup[];
  context: LinkContext;
  isOld: boolean;
}

const TONES: Readonly<Record<CallStatusGroup, ChartSeries["tone"]>> = {
  reached: "good",
  "not-reached": "warn",
  failed: "bad",
  canceled: "neutral",
  open: "active",
  unknown: "unknown",
  other: "neutral",
};

const STATUSES = (Object.keys(CALL_STATUS_GROUPS) as CallStatusGroup[]).map((key): ChartSeries => ({
  key,
  label: statusGroupName(key),
  tone: TONES[key],
}));

const COST: readonly ChartSeries[] = [{ key: "cost", label: t("Cost"), tone: "measure" }];

const ANSWERS: readonly ChartSeries[] = [
  { key: "median", label: t("Median"), tone: "active" },
  { key: "p90", label: t("90th percentile"), tone: "warn", pattern: "slanted" },
];

function useColumns({ by, groups, context }: Props) {
  const [, go] = useLocation();
  const columns = filled(by, groups, context.range.zone);
  const pointsOf = (values: (group: FigureGroup) => ChartPoint["values"]): ChartPoint[] =>
    columns.map((group) => ({
      key: group.key,
      label: groupName(by, group),
      tick: tickOf(by, group.key),
      values: values(group),
    }));
  const pick = (index: number) => {
    const group = columns[index];
    if (group === undefined) return;
    const address =
      by === "hourOfDay" ? hourOfDayAddress(group.key, context) : callsOfGroup(by, group, context);
    if (address !== undefined) go(address);
  };
  return { pointsOf, pick };
}

function filled(
  by: FigureDimension,
  groups: readonly FigureGroup[],
  zone: string,
): readonly FigureGroup[] {
  if (by === "day") return filledDays(groups, zone);
  return by === "hourOfDay" ? filledHours(groups) : groups;
}

/** Calls by how they ended, over time; a column leads to its calls. */
export function CallsChart(props: Props) {
  const { pointsOf, pick } = useColumns(props);
  const series = STATUSES.filter(({ key }) =>
    props.groups.some(({ statuses }) => statuses[key as CallStatusGroup] !== undefined),
  );
  return (
    <Panel title={t("Calls over time")}>
      <BarChart
        title={t("Calls over time")}
        unit={t("Calls")}
        series={series}
        points={pointsOf(({ statuses }) => statuses)}
        isOld={props.isOld}
        onPick={pick}
      />
    </Panel>
  );
}

/** Time to answer over time: median and 90th percentile. */
export function AnswerChart(props: Props) {
  const { pointsOf } = useColumns(props);
  return (
    <Panel title={t("Time to answer over time")}>
      <LineChart
        title={t("Time to answer over time")}
        unit={t("Seconds")}
        series={ANSWERS}
        points={pointsOf((group) => ({
          median: answerSeconds(group, 0.5),
          p90: answerSeconds(group, 0.9),
        }))}
        format={secondsText}
        steps={ROUND_SECONDS}
        isOld={props.isOld}
      />
    </Panel>
  );
}

/** Cost over time; a column leads to its calls. */
export function CostChart(props: Props) {
  const { pointsOf, pick } = useColumns(props);
  return (
    <Panel title={t("Cost per day")}>
      <BarChart
        title={t("Cost per day")}
        unit={t("US dollars")}
        series={COST}
        points={pointsOf((group) => ({ cost: centsOf(group) }))}
        format={moneyText}
        isOld={props.isOld}
        onPick={pick}
      />
    </Panel>
  );
}
