import { Alert, Grid, Skeleton, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { AsOf } from "../../format/as-of.tsx";
import { RefusedNotice } from "../refused/refused-notice.tsx";
import { CallFigures } from "./call-figures.tsx";
import { HEALTH, type Health } from "./health.ts";
import { Problems } from "./problems.tsx";
import { Providers } from "./providers.tsx";
import { Servers } from "./servers.tsx";

/** Refresh interval, in milliseconds. */
const REFRESH_MS = 2000;

/** Health of the project's calls, and of the parts of the installation that they need. */
export default function HealthScreen() {
  const { data, error, isPending, dataUpdatedAt } = useQuery({
    queryKey: HEALTH,
    queryFn: ({ signal }) => api.system.health.query(undefined, { signal }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Stack maw={1400}>
      <Title order={1} size="h3">
        Health
      </Title>
      <ErrorAlert error={error} />
      {error && <AsOf at={dataUpdatedAt} />}
      {isPending && <Skeleton h={240} aria-label="Loading" />}
      {data && <Figures health={data} />}
    </Stack>
  );
}

function Figures({ health }: { health: Health }) {
  return (
    <>
      {!health.redis.isUp && (
        <Alert color="red" variant="outline" role="alert" title="Redis is away">
          Nothing is dialled until it is back; calls wait in the database.
        </Alert>
      )}
      {health.redis.isUp && !health.hasWorkers && (
        <Alert color="red" variant="outline" role="alert" title="No worker is alive">
          Nothing is dialled and nothing is recorded until one is started.
        </Alert>
      )}
      <Problems problems={health.problems} />
      <RefusedNotice
        open={health.deadLetters.open}
        oldestAt={health.deadLetters.oldest?.createdAt}
      />
      <CallFigures calls={health.calls} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Providers providers={health.providers} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Servers redis={health.redis} mongodb={health.mongodb} />
        </Grid.Col>
      </Grid>
    </>
  );
}
