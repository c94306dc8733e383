import { ALERT_SOURCE_KINDS } from "@call-log/model";
import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";

import { api } from "../../api.ts";
import { BackLink } from "../../components/back-link.tsx";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { AddressPanel } from "./address-panel.tsx";
import { BackDeliveries } from "./back-deliveries.tsx";
import { BackForm } from "./back-form.tsx";
import { Notifications } from "./notifications.tsx";
import { SourceForm } from "./source-form.tsx";
import { sourceState, STATES } from "./source-state.ts";
import { ALERT_SOURCES, callsAddress, type Source } from "./sources.ts";

/** Refresh interval of the source, in milliseconds. */
const FRESH_MS = 5000;

/** One source: what it sent, its address, its rule, and how it is informed. */
export function SourcePage({ id }: { id: string }) {
  const { data: source, error } = useQuery({
    queryKey: [...ALERT_SOURCES, "one", id],
    queryFn: ({ signal }) => api.alertSources.get.query({ id }, { signal }),
    refetchInterval: FRESH_MS,
  });
  return (
    <Stack maw={1400}>
      <BackLink href="/alert-sources">{t("All alert sources")}</BackLink>
      <ErrorAlert error={error} />
      {source === undefined && !error && <Loading h={320} />}
      {source && <OneSource source={source} />}
    </Stack>
  );
}

function OneSource({ source }: { source: Source }) {
  const { name, kind, back } = source;
  const { label, tone } = STATES[sourceState(source)];
  const calls = callsAddress(source);
  return (
    <>
      <Group justify="space-between">
        <Group gap="sm">
          <ScreenTitle>{name}</ScreenTitle>
          <Text size="sm">{ALERT_SOURCE_KINDS[kind].title}</Text>
          <StateBadge tone={tone}>{label}</StateBadge>
        </Group>
        <Group gap="xs">
          {calls !== undefined && (
            <Anchor component={Link} href={calls} underline="always">
              {t("Its calls")}
            </Anchor>
          )}
          <Switch source={source} />
          <Delete source={source} />
        </Group>
      </Group>
      <Notifications source={source} />
      <AddressPanel source={source} />
      <SourceForm source={source} />
      <BackForm source={source} />
      {back !== null && <BackDeliveries source={source} />}
    </>
  );
}

function Switch({ source: { _id: id, enabled } }: { source: Source }) {
  return (
    <ConfirmButton
      label={enabled ? t("Pause") : t("Resume")}
      act={async () => api.alertSources.update.mutate({ id, enabled: !enabled })}
    >
      <Text>
        {enabled
          ? t(
              "Its notifications are answered and listed, and nobody is called for them. Calls that wait or ring go on.",
            )
          : t("Its alerts call again from now on. Those that came meanwhile are not called for.")}
      </Text>
    </ConfirmButton>
  );
}

function Delete({ source: { _id: id, name } }: { source: Source }) {
  const [, go] = useLocation();
  return (
    <ConfirmButton
      label={t("Delete")}
      color="red"
      act={async () => api.alertSources.delete.mutate({ id })}
      onDone={() => go("/alert-sources")}
    >
      <Text style={{ overflowWrap: "anywhere" }}>
        <Trans
          text="The address of <b>{name}</b> is not valid any more, and its notifications are forgotten. Its calls stay. This cannot be undone."
          values={{ name }}
          parts={{ b: <b dir="auto" /> }}
        />
      </Text>
    </ConfirmButton>
  );
}
