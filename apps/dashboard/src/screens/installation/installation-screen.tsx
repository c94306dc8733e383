import { Alert, Grid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { AsOf } from "../../format/as-of.tsx";
import { Problems } from "../health/problems.tsx";
import { Servers } from "../health/servers.tsx";
import { RefusedNotice } from "../refused/refused-notice.tsx";
import { CallbackLagPanel } from "./callback-lag-panel.tsx";
import { INSTALLATION, type Installation } from "./installation.ts";
import { Projects } from "./projects.tsx";
import { ProviderAccounts } from "./provider-accounts.tsx";
import { Queues } from "./queues.tsx";
import { Workers } from "./workers.tsx";

/** Refresh interval, in milliseconds. */
const REFRESH_MS = 2000;

/** The operator's screen: projects, provider accounts, queues and workers, without calls. */
export default function InstallationScreen() {
  const { data, error, isPending, dataUpdatedAt } = useQuery({
    queryKey: INSTALLATION,
    queryFn: ({ signal }) => api.operator.health.query(undefined, { signal }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Stack maw={1400}>
      <ScreenTitle>Installation</ScreenTitle>
      <Text size="sm">
        An operator&apos;s key belongs to no project. To see calls, sign in with a key of a project.
      </Text>
      <ErrorAlert error={error} />
      {error && <AsOf at={dataUpdatedAt} />}
      {isPending && <Loading h={240} />}
      {data && <Panels health={data} />}
    </Stack>
  );
}

function Panels({ health }: { health: Installation }) {
  return (
    <>
      {!health.redis.isUp && (
        <Alert color="red" variant="outline" role="alert" title="Redis is away">
          Nothing is dialled until it is back; calls wait in the database. Queues and workers are
          unknown until then.
        </Alert>
      )}
      {health.redis.isUp && health.workers.length === 0 && (
        <Alert color="red" variant="outline" role="alert" title="No worker is alive">
          Nothing is dialled and nothing is recorded until one is started.
        </Alert>
      )}
      <Problems problems={health.problems} />
      <RefusedNotice
        open={health.deadLetters.withoutProject.open}
        oldestAt={health.deadLetters.withoutProject.oldest?.createdAt}
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="md">
            <Projects />
            <ProviderAccounts providers={health.providers} />
            <Queues queues={health.queues} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="md">
            <Servers redis={health.redis} mongodb={health.mongodb} />
            <Workers workers={health.workers} at={health.at} />
            <CallbackLagPanel lag={health.callbackLag} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
