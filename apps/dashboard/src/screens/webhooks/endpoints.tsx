import { Code, Group, Stack, Text } from "@mantine/core";

import { DialogButton } from "../../components/dialog-button.tsx";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import type { Tone } from "../../design/tokens.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { EndpointActions } from "./endpoint-actions.tsx";
import { EndpointForm } from "./endpoint-form.tsx";
import {
  ENDPOINT_STATES,
  type EndpointState,
  endpointState,
  successText,
} from "./endpoint-state.ts";
import { RevealSecret } from "./secrets.tsx";
import { type Endpoint, useWebhooks } from "./webhooks.ts";

const TONES = {
  enabled: "good",
  failing: "warn",
  disabled: "neutral",
  "disabled by failures": "bad",
  "disabled: gone": "bad",
} as const satisfies Record<EndpointState, Tone>;

/** The endpoints, with creating one. */
export function Endpoints({ endpoints }: { endpoints: readonly Endpoint[] }) {
  const { isOperator, mayAdminister } = useWebhooks();
  return (
    <Panel title={t("Endpoints")}>
      {endpoints.length === 0 && <Text>{t("No address gets events yet.")}</Text>}
      {endpoints.map((endpoint) => (
        <EndpointLine key={endpoint._id} endpoint={endpoint} />
      ))}
      {mayAdminister && (
        <Group gap="xs">
          <DialogButton label={t("New endpoint")}>
            {(close) => <EndpointForm onDone={close} />}
          </DialogButton>
          {!isOperator && (
            <RevealSecret id="notify" label={t("Secret of request addresses")}>
              <Trans
                text="Calls that were requested with <code>notify</code> report to the address in the request. Those reports are signed with this secret of the project."
                parts={{ code: <Code /> }}
              />
            </RevealSecret>
          )}
        </Group>
      )}
    </Panel>
  );
}

function EndpointLine({ endpoint }: { endpoint: Endpoint }) {
  const { _id, url, description, events } = endpoint;
  const { types } = useWebhooks();
  const state = endpointState(endpoint);
  return (
    <Group justify="space-between" gap="xs" align="start" data-endpoint={_id}>
      <Stack gap={2} maw="100%">
        <Group gap="xs">
          <Text fw={600} dir="ltr" style={{ overflowWrap: "anywhere" }}>
            {url}
          </Text>
          <StateBadge tone={TONES[state]}>{ENDPOINT_STATES[state]}</StateBadge>
        </Group>
        {description !== undefined && (
          <Text size="sm" dir="auto" style={{ overflowWrap: "anywhere" }}>
            {description}
          </Text>
        )}
        <Text size="sm">{successText(endpoint.lastDay)}</Text>
        <Text size="sm" c="dimmed">
          {events.length === types.length ? t("Every type of event") : events.join(", ")}
        </Text>
        <Trouble endpoint={endpoint} />
      </Stack>
      <EndpointActions endpoint={endpoint} />
    </Group>
  );
}

function Trouble({ endpoint }: { endpoint: Endpoint }) {
  const { enabled, disabledAt, failingSince, lastError } = endpoint;
  if (enabled && failingSince === undefined) return null;
  return (
    <Text size="sm" style={{ overflowWrap: "anywhere" }} dir="auto">
      {disabledAt !== undefined && (
        <>
          <Trans text="Disabled <when/>." parts={{ when: <Moment iso={disabledAt} /> }} />{" "}
        </>
      )}
      {failingSince !== undefined && (
        <>
          <Trans text="Failing since <when/>" parts={{ when: <Moment iso={failingSince} /> }} />
          {lastError === undefined ? "." : `: ${lastError}`}
        </>
      )}
    </Text>
  );
}
