import { Button, Group, Paper, Select, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { dollars } from "../../format/money.ts";
import { ZONE } from "../../format/time.ts";
import { Nothing } from "../nothing.tsx";
import { Trouble } from "../trouble.tsx";
import { CostBars } from "./cost-bars.tsx";
import { PERIODS, type Period, queryOfPeriod } from "./period.ts";

/** How often the sums are read again, in milliseconds. */
const REFRESH_MS = 15_000;

type Sums = Awaited<ReturnType<typeof api.callLog.stats.query>>;
type Group = NonNullable<Sums["groups"]["day"]>[number];

/** What was paid: in all, by day, country, provider and status. */
export default function CostsScreen() {
  const [period, setPeriod] = useState<Period>("30 days");
  const { data, error, isPending } = useQuery({
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
    <Stack maw={1100}>
      <Group justify="space-between">
        <Title order={1} size="h3">
          Costs
        </Title>
        <Group gap="xs">
          <Select
            aria-label="Period"
            data={[...PERIODS]}
            value={period}
            allowDeselect={false}
            w={150}
            onChange={(value) => setPeriod(value as Period)}
          />
          <Button component="a" variant="default" href={csvAddress(period)} download>
            CSV
          </Button>
        </Group>
      </Group>
      <Trouble error={error} />
      {isPending && <Skeleton h={240} aria-label="Loading" />}
      {data && <Figures sums={data} />}
    </Stack>
  );
}

function csvAddress(period: Period): string {
  const query = JSON.stringify(queryOfPeriod(period, new Date()));
  return `/export/calls.csv?query=${encodeURIComponent(query)}`;
}

function Figures({ sums: { total, groups } }: { sums: Sums }) {
  if (total.calls === 0) return <Nothing>No calls in this time.</Nothing>;
  return (
    <>
      <Text size="lg" data-total>
        <b className="number">{dollars(total.costInUSDCents)}</b> for{" "}
        {total.calls.toLocaleString("en")} calls in {total.attempts.toLocaleString("en")} attempts
        {total.pricesPending > 0 &&
          `; ${total.pricesPending.toLocaleString("en")} calls still await a price`}
        .
      </Text>
      <CostBars days={groups.day ?? []} />
      <Group align="start" grow preventGrowOverflow={false}>
        <Breakdown title="Country" groups={groups.country ?? []} />
        <Breakdown title="Provider" groups={groups.provider ?? []} />
        <Breakdown title="Status" groups={groups.status ?? []} />
      </Group>
      <Breakdown title="Day" groups={(groups.day ?? []).toReversed()} />
    </>
  );
}

function Breakdown({ title, groups }: { title: string; groups: readonly Group[] }) {
  return (
    <Paper withBorder p="sm" miw={280}>
      <Title order={2} size="h5">
        By {title.toLowerCase()}
      </Title>
      <Table verticalSpacing={4} aria-label={`Costs by ${title.toLowerCase()}`}>
        <Table.Thead>
          <Table.Tr>
            {[title, "Calls", "Cost", "Pending"].map((label) => (
              <Table.Th key={label}>{label}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.map(({ key, calls, costInUSDCents, pricesPending }) => (
            <Table.Tr key={key}>
              <Table.Td>{key || "none"}</Table.Td>
              <Table.Td className="number">{calls.toLocaleString("en")}</Table.Td>
              <Table.Td className="number">{dollars(costInUSDCents)}</Table.Td>
              <Table.Td className="number">{pricesPending.toLocaleString("en")}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
