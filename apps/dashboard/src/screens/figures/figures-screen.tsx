import { FIGURE_DIMENSIONS, type FigureDimension } from "@call-log/model";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { useSearch } from "wouter";

import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { Counting } from "../../figures/counting.tsx";
import { FigureCards } from "../../figures/figure-cards.tsx";
import { AnswerChart, CallsChart } from "../../figures/figure-charts.tsx";
import { COLUMNS, differenceColumn } from "../../figures/figure-columns.tsx";
import { FigureTable } from "../../figures/figure-table.tsx";
import { csvAddress } from "../../figures/figures-question.ts";
import { DIMENSION_NAMES } from "../../figures/group-name.ts";
import { RangeBar } from "../../figures/range-bar.tsx";
import { type ShownFigures, useShownFigures } from "../../figures/use-shown-figures.ts";
import { AsOf } from "../../format/as-of.tsx";
import { t } from "../../language/translate.ts";

/** Range of an address without one. */
const USUAL = "30d";

/** Dimensions whose groups follow each other in time. */
const OF_TIME: ReadonlySet<FigureDimension> = new Set(["day", "hour", "hourOfDay"]);

/** Dimensions in the order of their buttons. */
const ORDER = Object.keys(DIMENSION_NAMES) as FigureDimension[];

/** Reach rate, time to answer, outcomes and cost by one dimension, for any range in a zone that is named. */
export default function FiguresScreen() {
  const name = new URLSearchParams(useSearch()).get("by");
  const dimension = FIGURE_DIMENSIONS.find((one) => one === name) ?? "day";
  const by = useMemo(() => [dimension], [dimension]);
  const shown = useShownFigures("/figures", { usual: USUAL, by });
  const { asked, state, compared } = shown;
  const { figures } = state;
  return (
    <Stack maw={1400}>
      <Group justify="space-between">
        <ScreenTitle>{t("Figures")}</ScreenTitle>
        <AsOf at={state.updatedAt} />
      </Group>
      <RangeBar asked={asked} usual={USUAL} />
      <Group gap={4} className="chip-row" role="group" aria-labelledby="figures-by">
        <Text id="figures-by" size="sm">
          {t("Figures by")}
        </Text>
        {ORDER.map((one) => (
          <Button
            key={one}
            size="compact-md"
            variant={one === dimension ? "filled" : "default"}
            aria-pressed={one === dimension}
            onClick={() => asked.set({ by: one, at: undefined })}
          >
            {DIMENSION_NAMES[one]}
          </Button>
        ))}
      </Group>
      <ErrorAlert error={state.error ?? shown.other.error} />
      {figures === undefined && state.error === null && <Loading h={240} />}
      <Counting state={state} range={asked.range} />
      {figures?.total.calls === 0 && <EmptyState>{t("No calls in this period.")}</EmptyState>}
      {figures && figures.total.calls > 0 && (
        <>
          <FigureCards sums={figures.total} compared={compared} />
          <Groups shown={shown} by={dimension} />
        </>
      )}
    </Stack>
  );
}

function Groups({ shown, by }: { shown: ShownFigures; by: FigureDimension }) {
  const { asked, state, context, question, compared } = shown;
  const hour = by === "hour" ? asked.address.get("at") : null;
  const all = state.figures?.groups[by] ?? [];
  const groups = hour === null ? all : all.filter(({ key }) => key.slice(11, 13) === hour);
  const isOfTime = OF_TIME.has(by);
  const columns = [
    ...Object.values(COLUMNS),
    ...(compared && !isOfTime ? [differenceColumn("reachRate", t("Reach rate, difference"))] : []),
  ];
  const comparedGroups = new Map((compared?.groups[by] ?? []).map((one) => [one.key, one]));
  const charts = { by, groups, context, isOld: state.isOld };
  return (
    <>
      {hour !== null && (
        <Text size="sm">
          {t("Of every day, the hour from {time}.", { time: `${hour}:00` })}{" "}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => asked.set({ by: "hourOfDay", at: undefined })}
          >
            {t("All hours of the day")}
          </Button>
        </Text>
      )}
      {isOfTime && <CallsChart {...charts} />}
      {isOfTime && <AnswerChart {...charts} />}
      <FigureTable
        by={by}
        groups={by === "hourOfDay" ? groups : isOfTime ? groups.toReversed() : groups}
        columns={columns}
        context={context}
        csv={state.isCounting ? undefined : csvAddress(by, question)}
        compared={comparedGroups}
      />
    </>
  );
}
