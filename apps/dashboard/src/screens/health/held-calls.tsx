import { Anchor, Group, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { type CallLogView, ROW_SELECT } from "../../call/call-view.ts";
import { unknownRule } from "../../call/unknown-rule.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Moment } from "../../components/moment.tsx";
import { PhoneNumber } from "../../components/phone-number.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { DecideButtons } from "../call/decide-buttons.tsx";
import { RESOLUTIONS } from "../call/resolutions.ts";

/** Refresh interval, in milliseconds. */
const REFRESH_MS = 2000;

/** Calls that are shown; the link behind them shows all. */
const SHOWN = 5;

/** The oldest calls that are held as Unknown, each with whom, when, and what can be decided about it. */
export function HeldCalls() {
  const { may } = useSignedIn();
  const { data, error } = useQuery({
    queryKey: ["held-calls"],
    queryFn: ({ signal }) =>
      api.callLog.getList.query(
        {
          query: { status: "Unknown" },
          sort: { createdAt: 1 },
          select: ROW_SELECT,
          limit: SHOWN,
        },
        { signal },
      ),
    refetchInterval: REFRESH_MS,
  });
  const mayDecide = may.includes("dispatch");
  return (
    <Stack gap="xs" my="xs">
      <Text size="sm">{unknownRule()}</Text>
      {mayDecide && <Decisions />}
      <ErrorAlert error={error} />
      <Stack gap="xs" role="list" aria-label={t("Calls to decide about")}>
        {data?.data.map((call) => (
          <HeldCall key={call._id} call={call} mayDecide={mayDecide} />
        ))}
      </Stack>
    </Stack>
  );
}

/** What each decision does, once for all calls. */
function Decisions() {
  return (
    <List size="sm" data-decisions>
      {Object.entries(RESOLUTIONS).map(([name, words]) => {
        const { label, effect } = words();
        return (
          <List.Item key={name}>
            <b>{label}</b>: {effect}
          </List.Item>
        );
      })}
    </List>
  );
}

function HeldCall({ call, mayDecide }: { call: CallLogView; mayDecide: boolean }) {
  const { _id, createdAt, toNumber, user } = call;
  const name = user?.name ?? user?.email;
  return (
    <Group gap="sm" role="listitem" data-held={_id}>
      <Text size="sm" style={{ flexGrow: 1 }} dir="auto">
        <Trans
          text="<who/>, requested <when/>"
          parts={{
            who: (
              <Anchor component={Link} href={`/calls/${_id}`} inherit underline="always" fw={600}>
                {name ?? <PhoneNumber e164={toNumber} />}
              </Anchor>
            ),
            when: createdAt && <Moment iso={createdAt} hasAge />,
          }}
        />
      </Text>
      {mayDecide && (
        <Group gap="sm">
          <DecideButtons id={_id} />
        </Group>
      )}
    </Group>
  );
}
