import { isFinalStatus } from "@call-log/model";
import { Anchor, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { callSentence } from "../../call/call-sentence.ts";
import { CALL_SELECT } from "../../call/call-view.ts";
import { StatusPill } from "../../call/status-pill.tsx";
import { Trouble } from "../trouble.tsx";
import { AttemptTimeline } from "./attempt-timeline.tsx";
import { CallActions } from "./call-actions.tsx";
import { CallFacts } from "./call-facts.tsx";
import { SpokenText } from "./spoken-text.tsx";

/** How often an open call, and one that is over, is read again, in milliseconds. */
const [OPEN_MS, OVER_MS] = [1000, 10_000];

/** One call: whether it reached somebody, and why not before. */
export default function CallScreen({ id }: { id: string }) {
  const { data: call, error } = useQuery({
    queryKey: ["call", id],
    queryFn: ({ signal }) => api.callLog.getItem.query({ id, select: CALL_SELECT }, { signal }),
    refetchInterval: ({ state }) =>
      isFinalStatus(state.data?.status ?? "Queued") ? OVER_MS : OPEN_MS,
  });
  if (call === undefined)
    return error ? <Trouble error={error} /> : <Skeleton h={320} aria-label="Loading" />;
  return (
    <Stack gap="md" maw={960}>
      <Anchor component={Link} href="/" size="sm" underline="always">
        All calls
      </Anchor>
      <Group justify="space-between" align="center">
        <Group gap="sm">
          <Title order={1} size="h2" className="number">
            {call.toNumber}
          </Title>
          <StatusPill status={call.status ?? ""} large />
        </Group>
        <CallActions call={call} />
      </Group>
      <Text size="lg" dir="auto" aria-live="polite" data-sentence>
        {callSentence(call)}
      </Text>
      <Trouble error={error} />
      {call.attempts?.map((attempt) => (
        <AttemptTimeline key={attempt._id} attempt={attempt} />
      ))}
      <SpokenText callData={call.callData ?? {}} />
      <CallFacts call={call} />
    </Stack>
  );
}
