import { isFinalStatus } from "@call-log/model";
import { Button, CopyButton, Grid, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";

import { api } from "../../api.ts";
import { CALL_SELECT, type CallLogView } from "../../call/call-view.ts";
import { StatusPill } from "../../call/status-pill.tsx";
import { BackLink } from "../../components/back-link.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { ErrorBoundary } from "../../components/error-boundary.tsx";
import { lazyComponent } from "../../components/lazy-component.tsx";
import { Loading } from "../../components/loading.tsx";
import { PhoneNumber } from "../../components/phone-number.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { AsOf } from "../../format/as-of.tsx";
import { t } from "../../language/translate.ts";
import { lastList } from "../../session/last-calls-list.ts";
import { statusName } from "../../words/status-words.ts";
import { Answer } from "./answer.tsx";
import { CallActions } from "./call-actions.tsx";
import { CallFacts } from "./call-facts.tsx";
import { CallIncident } from "./call-incident.tsx";
import { CallLinks } from "./call-links.tsx";
import { CostLines } from "./cost-lines.tsx";
import { ResolveCall } from "./resolve-call.tsx";
import { SpokenText } from "./spoken-text.tsx";
import { CallTimeline } from "./timeline/call-timeline.tsx";

const CallAlert = lazyComponent(async () => import("../alert-sources/call-alert.tsx"));
const CallWebhooks = lazyComponent(async () => import("../webhooks/call-webhooks.tsx"));

/** Refresh interval of an open call, and of a finished one, in milliseconds. */
const [OPEN_MS, OVER_MS] = [1000, 10_000];

/** One call: whether it reached somebody, and its attempts. */
export default function CallScreen({ id }: { id: string }) {
  const {
    data: call,
    error,
    dataUpdatedAt,
  } = useQuery({
    queryKey: ["call", id],
    queryFn: ({ signal }) => api.callLog.getItem.query({ id, select: CALL_SELECT }, { signal }),
    refetchInterval: ({ state }) =>
      isFinalStatus(state.data?.status ?? "Queued") ? OVER_MS : OPEN_MS,
  });
  return (
    <Stack gap="md" maw={1400}>
      <BackLink href={lastList()}>{t("All calls")}</BackLink>
      <ErrorAlert error={error} />
      {error && <AsOf at={dataUpdatedAt} />}
      {call === undefined && !error && <Loading h={320} />}
      {call && <OneCall call={call} />}
    </Stack>
  );
}

function OneCall({ call }: { call: CallLogView }) {
  return (
    <>
      <Heading call={call} />
      <Answer call={call} />
      <Group gap="xs" className="call-actions">
        <CallActions call={call} />
        <CopyId id={call._id} />
      </Group>
      {call.status === "Unknown" && <ResolveCall call={call} />}
      {call.incident ? (
        <CallIncident incidentId={call.incident._id}>
          <Details call={call} />
        </CallIncident>
      ) : (
        <Details call={call} />
      )}
    </>
  );
}

function Details({ call }: { call: CallLogView }) {
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="md">
          <CallTimeline call={call} />
          <ErrorBoundary>
            <Suspense fallback={null}>
              <CallAlert callLogId={call._id} />
              <CallWebhooks callLogId={call._id} />
            </Suspense>
          </ErrorBoundary>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="md">
          <CallLinks call={call} />
          <SpokenText call={call} />
          <CostLines call={call} />
          <CallFacts call={call} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

// Her name is what is looked for; without one it is the number.
function Heading({ call: { user, toNumber, status } }: { call: CallLogView }) {
  const name = user?.name ?? user?.email;
  const number = <PhoneNumber e164={toNumber} />;
  return (
    <Group gap="sm" align="center">
      <ScreenTitle tab={`${statusName(status ?? "")}: ${name ?? toNumber}`}>
        <span dir="auto">{name ?? number}</span>
      </ScreenTitle>
      {name && number}
      <StatusPill status={status ?? ""} large />
    </Group>
  );
}

function CopyId({ id }: { id: string }) {
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <Button variant="default" onClick={copy}>
          {copied ? t("Copied") : t("Copy id")}
        </Button>
      )}
    </CopyButton>
  );
}
