import { callSentence, isFinalStatus } from "@call-log/model";
import {
  Anchor,
  Button,
  CopyButton,
  Grid,
  Group,
  Skeleton,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { CALL_SELECT, type CallLogView } from "../../call/call-view.ts";
import { StatusPill } from "../../call/status-pill.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { ErrorBoundary } from "../../components/error-boundary.tsx";
import { lazyComponent } from "../../components/lazy-component.tsx";
import { AsOf } from "../../format/as-of.tsx";
import { BROWSER_TIMES } from "../../format/time.ts";
import { lastList } from "../../session/last-calls-list.ts";
import { AttemptTimeline } from "./attempt-timeline.tsx";
import { CallActions } from "./call-actions.tsx";
import { CallFacts } from "./call-facts.tsx";
import { CostLines } from "./cost-lines.tsx";
import { ResolveCall } from "./resolve-call.tsx";
import { SpokenText } from "./spoken-text.tsx";

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
      <Anchor component={Link} href={lastList()} size="sm" underline="always">
        ← All calls
      </Anchor>
      <ErrorAlert error={error} />
      {error && <AsOf at={dataUpdatedAt} />}
      {call === undefined && !error && <Skeleton h={320} aria-label="Loading" />}
      {call && <OneCall call={call} />}
    </Stack>
  );
}

function OneCall({ call }: { call: CallLogView }) {
  const attempts = call.attempts ?? [];
  return (
    <>
      <Heading call={call} />
      <Text fz={{ base: "lg", sm: "xl" }} lh={1.35} dir="auto" aria-live="polite" data-sentence>
        {callSentence(call, BROWSER_TIMES)}
      </Text>
      {call.status === "Low Balance" && <BudgetLink />}
      {call.status === "Unknown" && <ResolveCall call={call} />}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="md">
            {attempts.map((attempt) => (
              <AttemptTimeline key={attempt._id} callId={call._id} attempt={attempt} />
            ))}
            {attempts.length === 0 && <Text>This call has no recorded attempt.</Text>}
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
            <SpokenText callData={call.callData ?? {}} />
            <CostLines call={call} />
            <CallFacts call={call} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

function Heading({ call }: { call: CallLogView }) {
  return (
    <Group justify="space-between" align="center">
      <Group gap="sm">
        <Title order={1} size="h2" className="number">
          {call.toNumber}
        </Title>
        <StatusPill status={call.status ?? ""} large />
      </Group>
      <Group gap="xs">
        <CopyButton value={call._id}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy id"}
            </Button>
          )}
        </CopyButton>
        <CallActions call={call} />
      </Group>
    </Group>
  );
}

function BudgetLink() {
  return (
    <Text>
      <b>What to do:</b> look at{" "}
      <Anchor component={Link} href="/costs" underline="always">
        the rest of the budget
      </Anchor>
      , raise it in the settings, then call again.
    </Text>
  );
}
