import type { FigureDimension, FigureGroup } from "@call-log/model";
import { Anchor, Grid, Group, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { Link } from "wouter";

import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Money } from "../../components/money.tsx";
import { RoundingNote } from "../../components/rounding-note.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { callsOfRange } from "../../figures/calls-of-group.ts";
import { Counting } from "../../figures/counting.tsx";
import { differenceText } from "../../figures/difference.ts";
import { CostChart } from "../../figures/figure-charts.tsx";
import { COLUMNS, differenceColumn } from "../../figures/figure-columns.tsx";
import { FigureTable } from "../../figures/figure-table.tsx";
import { centsOf, pricesText } from "../../figures/figure-text.ts";
import { csvAddress } from "../../figures/figures-question.ts";
import { RangeBar } from "../../figures/range-bar.tsx";
import { type ShownFigures, useShownFigures } from "../../figures/use-shown-figures.ts";
import { AsOf } from "../../format/as-of.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { BudgetPanel } from "./budget-panel.tsx";

/** Range of an address without one. */
const USUAL = "this-month";

/** A budget's days, and those of a carrier's bill, are UTC's: so are the days of their costs, unless another zone is chosen. */
const ZONE_OF_BUDGETS = "UTC";

/** Tables of the screen, in their order. */
const BY = ["country", "provider", "status", "day"] as const satisfies FigureDimension[];

/** Costs in total and by country, provider, status and day, for any range in a zone that is named; and the budget. */
export default function CostsScreen() {
  const shown = useShownFigures("/costs", { usual: USUAL, zone: ZONE_OF_BUDGETS, by: BY });
  const { asked, state } = shown;
  const { figures } = state;
  return (
    <Stack maw={1400}>
      <Group justify="space-between">
        <ScreenTitle>{t("Costs")}</ScreenTitle>
        <AsOf at={state.updatedAt} />
      </Group>
      <RangeBar asked={asked} usual={USUAL} />
      <ErrorAlert error={state.error ?? shown.other.error} />
      {figures === undefined && state.error === null && <Loading h={240} />}
      <Counting state={state} range={asked.range} />
      {figures && <Total shown={shown} />}
      <BudgetPanel />
      {figures && figures.total.calls > 0 && <Tables shown={shown} />}
    </Stack>
  );
}

function Total({ shown: { asked, state, compared } }: { shown: ShownFigures }) {
  const total = state.figures?.total;
  if (total === undefined || total.calls === 0)
    return <EmptyState>{t("No calls in this period.")}</EmptyState>;
  return (
    <Stack gap={4}>
      <Text size="lg" data-total>
        <Trans
          text="<cost/> for <link>{calls, number} calls</link> in {attempts, number} attempts; {prices}."
          values={{
            calls: total.calls,
            attempts: total.attempts,
            prices: pricesText(total),
          }}
          parts={{
            cost: (
              <Text span fz={28} fw={700}>
                <Money cents={centsOf(total)} isTabStop />
              </Text>
            ),
            link: <Anchor component={Link} href={callsOfRange(asked)} inherit underline="always" />,
          }}
        />
      </Text>
      <RoundingNote sums={shownSums(state.figures?.groups ?? {})} />
      {compared && (
        <Text data-difference>
          {t("{range}: {cost}, {calls} calls.", {
            range: compared.name,
            cost: differenceText("cost", total, compared.sums),
            calls: differenceText("calls", total, compared.sums),
          })}
        </Text>
      )}
    </Stack>
  );
}

/** Cents and tenths of a minute of each table. */
function shownSums(groups: Partial<Record<FigureDimension, readonly FigureGroup[]>>): number[][] {
  const tables = BY.map((by) => groups[by] ?? []);
  return tables.flatMap((rows) => [rows.map(centsOf), rows.map(({ talkMs }) => talkMs / 6000)]);
}

function Tables({ shown }: { shown: ShownFigures }) {
  const { state, context, question, compared } = shown;
  const groups = state.figures?.groups ?? {};
  const columns = [
    COLUMNS.calls,
    COLUMNS.minutes,
    COLUMNS.cost,
    ...(compared ? [differenceColumn("cost", t("Difference"))] : []),
  ];
  const comparedBy = useMemo(
    () =>
      new Map(
        BY.map((by) => [by, new Map((compared?.groups[by] ?? []).map((one) => [one.key, one]))]),
      ),
    [compared],
  );
  const tableOf = (by: (typeof BY)[number], rows: readonly FigureGroup[]) => (
    <FigureTable
      by={by}
      of={t("Costs")}
      groups={rows}
      // A day of one range has no counterpart in another.
      columns={by === "day" ? columns.slice(0, 3) : columns}
      context={context}
      csv={state.isCounting ? undefined : csvAddress(by, question)}
      compared={comparedBy.get(by)}
    />
  );
  return (
    <>
      <CostChart by="day" groups={groups.day ?? []} context={context} isOld={state.isOld} />
      <Grid gap="md">
        {BY.map((by) => (
          <Grid.Col key={by} span={{ base: 12, lg: 6 }}>
            {tableOf(by, by === "day" ? (groups.day ?? []).toReversed() : (groups[by] ?? []))}
          </Grid.Col>
        ))}
      </Grid>
    </>
  );
}
