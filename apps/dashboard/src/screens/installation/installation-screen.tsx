import { Grid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { AsOf } from "../../format/as-of.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { healthProblems } from "../health/health-problems.ts";
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
      <ScreenTitle>{t("Installation")}</ScreenTitle>
      <Text size="sm">
        {t(
          "An operator's key belongs to no project. To see calls, sign in with a key of a project.",
        )}
      </Text>
      <ErrorAlert error={error} />
      {error && <AsOf at={dataUpdatedAt} />}
      {isPending && <Loading h={240} />}
      {data && <Panels health={data} isLive={error === null} />}
    </Stack>
  );
}

function Panels({ health, isLive }: { health: Installation; isLive: boolean }) {
  const { may } = useSignedIn();
  // Refused requests have a notice of their own here: only those without a project are the operator's.
  const facts = { ...health, hasWorkers: health.workers.length > 0, refused: { open: 0 } };
  return (
    <>
      <Problems problems={healthProblems(facts, may)} isLive={isLive} />
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
