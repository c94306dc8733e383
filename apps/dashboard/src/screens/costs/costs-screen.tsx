import { dollars } from "@call-log/model";
import { Button, Grid, Group, Select, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useSearch } from "wouter";

import { api, type Outputs } from "../../api.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { AsOf } from "../../format/as-of.tsx";
import { ZONE } from "../../format/time.ts";
import { Breakdown } from "./breakdown.tsx";
import { BudgetPanel } from "./budget-panel.tsx";
import { CostBars } from "./cost-bars.tsx";
import { countryName } from "./country-name.ts";
import { listOfPeriod, PERIODS, type Period, periodOf, queryOfPeriod } from "./period.ts";

/** Refresh interval of the sums, in milliseconds. */
const REFRESH_MS = 15_000;

type Sums = Outputs["callLog"]["stats"];

/** Costs in total and by day, country, provider and status, and the rest of the budget. */
export default function CostsScreen() {
  const [, go] = useLocation();
  const period = periodOf(new URLSearchParams(useSearch()));
  const { data, error, isPending, dataUpdatedAt } = useQuery({
    queryKey: ["costs", period],
    queryFn: ({ signal }) =>
      api.callLog.stats.query(
        {
          query: queryOfPeriod(period, new Date()),
          by: ["day", "country", "provider", "status"],
          timeZone: ZONE,
        },
        { signal },
      ),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Stack maw={1400}>
      <Group justify="space-between">
        <Title order={1} size="h3">
          Costs
        </Title>
        <AsOf at={dataUpdatedAt} />
        <Group gap="xs">
          <Select
            aria-label="Period"
            data={[...PERIODS]}
            value={period}
            allowDeselect={false}
            w={150}
            onChange={(value) => go(`/costs?period=${encodeURIComponent(value ?? "")}`)}
          />
          <Button component="a" variant="default" href={csvAddress(period)} download>
            CSV
          </Button>
        </Group>
      </Group>
      <ErrorAlert error={error} />
      {isPending && <Skeleton h={240} aria-label="Loading" />}
      {data && <Total total={data.total} />}
      <BudgetPanel />
      {data && data.total.calls > 0 && <Figures groups={data.groups} period={period} />}
    </Stack>
  );
}

function csvAddress(period: Period): string {
  const query = JSON.stringify(queryOfPeriod(period, new Date()));
  return `/export/calls.csv?query=${encodeURIComponent(query)}`;
}

function Total({ total }: { total: Sums["total"] }) {
  if (total.calls === 0) return <EmptyState>No calls in this period.</EmptyState>;
  return (
    <Text size="lg" data-total>
      <Text span fz={28} fw={700} className="number">
        {dollars(total.costInUSDCents)}
      </Text>{" "}
      for {total.calls.toLocaleString("en")} calls in {total.attempts.toLocaleString("en")} attempts
      {total.pricesPending > 0 &&
        `; ${total.pricesPending.toLocaleString("en")} calls have no price yet`}
      .
    </Text>
  );
}

function Figures({ groups, period }: { groups: Sums["groups"]; period: Period }) {
  const list = (more: Readonly<Record<string, string>>) => listOfPeriod(period, new Date(), more);
  return (
    <>
      <CostBars days={groups.day ?? []} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, sm: 6, lg: 3 }}>
          <Breakdown title="Country" groups={groups.country ?? []} nameOf={countryName} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 6, lg: 3 }}>
          <Breakdown
            title="Provider"
            groups={groups.provider ?? []}
            listOf={(provider) => list({ provider })}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 6, lg: 3 }}>
          <Breakdown
            title="Status"
            groups={groups.status ?? []}
            listOf={(status) => list({ status })}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 6, lg: 3 }}>
          <Breakdown
            title="Day"
            groups={(groups.day ?? []).toReversed()}
            listOf={(day) => `/?since=${day}&until=${day}`}
          />
        </Grid.Col>
      </Grid>
    </>
  );
}
