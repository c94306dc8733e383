import { Group, Text } from "@mantine/core";

import { ConfirmButton } from "../../components/confirm-button.tsx";
import { DialogButton } from "../../components/dialog-button.tsx";
import { Trans } from "../../language/trans.tsx";
import { t, tIn } from "../../language/translate.ts";
import { EndpointForm } from "./endpoint-form.tsx";
import { ReplayForm } from "./replay-form.tsx";
import { RevealSecret } from "./secrets.tsx";
import { TestEndpoint } from "./test-endpoint.tsx";
import { type Endpoint, useWebhooks } from "./webhooks.ts";

/** What can be done with an endpoint; hidden from a key without the right. */
export function EndpointActions({ endpoint }: { endpoint: Endpoint }) {
  const { mayAdminister, mayResend } = useWebhooks();
  const { _id: id, enabled } = endpoint;
  return (
    <Group gap="xs">
      {mayAdminister && (
        <>
          <DialogButton label={t("Test")} title={t("Test the endpoint")}>
            {() => <TestEndpoint id={id} />}
          </DialogButton>
          <DialogButton label={t("Edit")} title={t("Edit the endpoint")}>
            {(close) => <EndpointForm endpoint={endpoint} onDone={close} />}
          </DialogButton>
          <RevealSecret id={id} />
        </>
      )}
      {mayResend && enabled && (
        <DialogButton label={tIn("webhook", "Replay")} title={t("Send deliveries again")}>
          {(close) => <ReplayForm id={id} onDone={close} />}
        </DialogButton>
      )}
      {mayAdminister && <Switch endpoint={endpoint} />}
      {mayAdminister && <Delete endpoint={endpoint} />}
    </Group>
  );
}

function Switch({ endpoint: { _id: id, enabled } }: { endpoint: Endpoint }) {
  const { webhooks } = useWebhooks();
  return (
    <ConfirmButton
      label={enabled ? t("Disable") : t("Enable")}
      act={async () => webhooks.update.mutate({ id, enabled: !enabled })}
    >
      <Text>
        {enabled
          ? t(
              "Nothing is sent to it until it is enabled again. Events of that time are not kept for it.",
            )
          : t("Events are sent to it from now on. Send again what failed before with Replay.")}
      </Text>
    </ConfirmButton>
  );
}

function Delete({ endpoint: { _id: id, url } }: { endpoint: Endpoint }) {
  const { webhooks } = useWebhooks();
  return (
    <ConfirmButton label={t("Delete")} color="red" act={async () => webhooks.delete.mutate({ id })}>
      <Text style={{ overflowWrap: "anywhere" }}>
        <Trans
          text="Nothing more is sent to <b>{url}</b>, and its secret is deleted. This cannot be undone."
          values={{ url }}
          parts={{ b: <b dir="ltr" /> }}
        />
      </Text>
    </ConfirmButton>
  );
}
