import { Grid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { AsOf } from "../../format/as-of.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { useStatus } from "../../status/use-status.ts";
import { CallFigures } from "./call-figures.tsx";
import { HealthLinks } from "./health-links.tsx";
import { healthProblems, isHeld } from "./health-problems.ts";
import { HEALTH, type Health } from "./health.ts";
import { Problems } from "./problems.tsx";
import { Providers } from "./providers.tsx";
import { Servers } from "./servers.tsx";

/** Refresh interval, in milliseconds. */
const REFRESH_MS = 2000;

/** What is wrong with the project's calls now and how to mend it, then how they and the installation do. */
export default function HealthScreen() {
  const { data, error, isPending, dataUpdatedAt, fetchStatus } = useQuery({
    queryKey: HEALTH,
    queryFn: ({ signal }) => api.system.health.query(undefined, { signal }),
    refetchInterval: REFRESH_MS,
  });
  // Without a network nothing is asked, and nothing fails.
  const isLive = error === null && fetchStatus !== "paused";
  return (
    <Stack maw={1400}>
      <ScreenTitle>{t("Health")}</ScreenTitle>
      <ErrorAlert error={error} />
      {!isLive && <AsOf at={dataUpdatedAt} />}
      {isPending && <Loading h={240} />}
      {data && <Figures health={data} isLive={isLive} />}
    </Stack>
  );
}

function Figures({ health, isLive }: { health: Health; isLive: boolean }) {
  const session = useSignedIn();
  const { data: status } = useStatus(session);
  const { open, oldest } = health.deadLetters;
  const facts = { ...health, refused: { open, oldestAt: oldest?.createdAt } };
  return (
    <>
      <Problems problems={healthProblems(facts, session.may)} isLive={isLive} />
      <CallFigures calls={health.calls} />
      <HealthLinks />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Providers providers={health.providers} isHeld={status !== undefined && isHeld(status)} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Servers redis={health.redis} mongodb={health.mongodb} />
        </Grid.Col>
      </Grid>
    </>
  );
}
