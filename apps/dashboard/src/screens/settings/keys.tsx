import { Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";

import { api, type Outputs } from "../../api.ts";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { SESSION_KEY, signOut } from "../../session/session.ts";
import { permissionName } from "../../words/permission-words.ts";
import { NewKey } from "./new-key.tsx";
import { RotateKey } from "./rotate-key.tsx";

/** Key of the API keys in the query cache. */
const KEYS = ["keys"] as const;

type Key = Outputs["keys"]["list"]["keys"][number];

/** The project's API keys, with creating and revoking. */
export function Keys() {
  const { data, error } = useQuery({ queryKey: KEYS, queryFn: () => api.keys.list.query() });
  return (
    <Panel title={t("API keys")}>
      <ErrorAlert error={error} />
      {data?.keys.map((key) => (
        <KeyLine key={key.id} apiKey={key} />
      ))}
      <NewKey />
    </Panel>
  );
}

function KeyLine({ apiKey }: { apiKey: Key }) {
  const { id, name, permissions, expiresAt, revokedAt, rotatedTo, isOwn } = apiKey;
  const isOver = revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= Date.now());
  return (
    <Group justify="space-between" gap="xs" data-key={id}>
      <Stack gap={0} maw="100%">
        <Group gap="xs">
          <Text fw={600} dir="auto" style={{ overflowWrap: "anywhere" }}>
            {name ?? id}
          </Text>
          {isOwn && <Mark>{t("yours")}</Mark>}
          {isOver && <Mark>{revokedAt === null ? t("expired") : t("revoked")}</Mark>}
          {!isOver && rotatedTo !== null && <Mark>{t("replaced")}</Mark>}
        </Group>
        <Text size="sm">{permissions.map(permissionName).join(", ")}</Text>
        <Times apiKey={apiKey} />
      </Stack>
      {!isOver && (
        <Group gap="xs">
          {rotatedTo === null && <RotateKey id={id} name={name ?? id} />}
          <Revoke apiKey={apiKey} />
        </Group>
      )}
    </Group>
  );
}

function Times({ apiKey }: { apiKey: Key }) {
  const { createdAt, expiresAt, revokedAt, lastUsedAt, lastUsedFrom, allowedAddresses } = apiKey;
  const end = revokedAt === null ? expiresAt : null;
  return (
    <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
      <Trans text="made <when/>" parts={{ when: <Moment iso={createdAt} /> }} />
      {", "}
      {lastUsedAt === null ? (
        t("never used")
      ) : (
        <Trans text="last used <when/>" parts={{ when: <Moment iso={lastUsedAt} /> }} />
      )}
      {lastUsedFrom !== null && ` ${t("from {address}", { address: lastUsedFrom })}`}
      {revokedAt !== null && (
        <>
          , <Trans text="revoked <when/>" parts={{ when: <Moment iso={revokedAt} /> }} />
        </>
      )}
      {end !== null && (
        <>
          , <Trans text="until <when/>" parts={{ when: <Moment iso={end} /> }} />
        </>
      )}
      {allowedAddresses !== null &&
        `, ${t("only from {addresses}", { addresses: allowedAddresses.join(", ") })}`}
    </Text>
  );
}

function Mark({ children }: { children: string }) {
  return <StateBadge size="sm">{children}</StateBadge>;
}

function Revoke({ apiKey: { id, name, isOwn } }: { apiKey: Key }) {
  const queries = useQueryClient();
  const leave = async () => {
    queries.setQueryData(SESSION_KEY, null);
    await signOut();
  };
  return (
    <ConfirmButton
      label={t("Revoke")}
      color="red"
      act={async () => api.keys.revoke.mutate({ id, own: isOwn })}
      onDone={() => void (isOwn && leave())}
    >
      <Text>
        <Trans
          text="<b>{name}</b> is refused from now on, everywhere, and its sessions end. This cannot be undone."
          values={{ name: name ?? id }}
          parts={{ b: <b /> }}
        />
      </Text>
      {isOwn && (
        <Text fw={600}>
          {t(
            "You are signed in with this key. Without another key that may administer, nobody can change the settings here.",
          )}
        </Text>
      )}
    </ConfirmButton>
  );
}
