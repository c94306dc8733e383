import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { type CallLogView, ROW_SELECT } from "../../call/call-view.ts";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Moment } from "../../components/moment.tsx";
import { PhoneNumber } from "../../components/phone-number.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { RESOLUTIONS } from "../call/resolutions.ts";

/** Refresh interval, in milliseconds. */
const REFRESH_MS = 2000;

/** Calls that are shown; the link behind them shows all. */
const SHOWN = 5;

/** Decisions that need nothing but the decision. */
const AT_ONCE = ["not-placed", "call-again"] as const;

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
  return (
    <Stack gap="xs" my="xs" role="list" aria-label={t("Calls to decide about")}>
      <ErrorAlert error={error} />
      {data?.data.map((call) => (
        <HeldCall key={call._id} call={call} mayDecide={may.includes("dispatch")} />
      ))}
    </Stack>
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
      {mayDecide && AT_ONCE.map((as) => <Decide key={as} id={_id} as={as} />)}
    </Group>
  );
}

function Decide({ id, as }: { id: string; as: (typeof AT_ONCE)[number] }) {
  const { label, effect } = RESOLUTIONS[as]();
  return (
    <ConfirmButton label={label} act={async () => api.calls.resolve.mutate({ id, as })}>
      <Text>{effect}</Text>
    </ConfirmButton>
  );
}
