import { Button, Code, CopyButton, Group, NumberInput, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { Outputs } from "../../api.ts";
import { DialogButton } from "../../components/dialog-button.tsx";
import { DialogForm } from "../../components/dialog-form.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Moment } from "../../components/moment.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useWebhooks } from "./webhooks.ts";

/** Longest overlap of two secrets, in hours. */
const MAX_HOURS = 168;

interface SecretProps {
  secret: string;
  children?: ReactNode;
  onDone: () => void;
}

/** A secret to be copied into the receiver. */
export function Secret({ secret, children, onDone }: SecretProps) {
  return (
    <Stack>
      <Text size="sm">
        {t(
          "Each event is signed with this secret. Copy it into the receiver, which verifies events with it.",
        )}
      </Text>
      <Code block data-secret className="secret">
        {secret}
      </Code>
      {children}
      <Group justify="flex-end">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t("Copied") : t("Copy")}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{t("Done")}</Button>
      </Group>
    </Stack>
  );
}

interface RevealProps {
  /** Id of the endpoint; `notify` for the addresses in requests. */
  id: string;
  label?: string;
  children?: ReactNode;
}

/** Shows and replaces a secret; each leaves a line in the audit trail. */
export function RevealSecret({ id, label = t("Secret"), children }: RevealProps) {
  return (
    <DialogButton label={label}>{(close) => <Reveal {...{ id, children, close }} />}</DialogButton>
  );
}

function Reveal({ id, children, close }: RevealProps & { close: () => void }) {
  const { webhooks } = useWebhooks();
  const [isRotating, setRotating] = useState(false);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async () => webhooks.revealSecret.mutate({ id }),
  });
  if (isRotating) return <Rotation id={id} onDone={close} />;
  if (data !== undefined)
    return (
      <Secret secret={data.secret} onDone={close}>
        {data.previous.map(({ until }) => (
          <Text key={until} size="sm">
            <Trans
              text="An older secret signs beside it until <when/>."
              parts={{ when: <Moment iso={until} /> }}
            />
          </Text>
        ))}
      </Secret>
    );
  return (
    <Stack>
      {children !== undefined && <Text size="sm">{children}</Text>}
      <Text size="sm">{t("The audit trail shows who saw or replaced the secret.")}</Text>
      <ErrorAlert error={error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={() => setRotating(true)}>
          {t("Rotate")}
        </Button>
        <Button loading={isPending} onClick={() => mutate()}>
          {t("Show the secret")}
        </Button>
      </Group>
    </Stack>
  );
}

function Rotation({ id, onDone }: { id: string; onDone: () => void }) {
  const { webhooks } = useWebhooks();
  const [hours, setHours] = useState<string | number>(24);
  const [made, setMade] = useState<Outputs["webhooks"]["rotateSecret"]>();
  if (made !== undefined)
    return (
      <Secret secret={made.secret} onDone={onDone}>
        <Text size="sm">
          <Trans
            text="The old secret signs beside it until <when/>."
            parts={{ when: <Moment iso={made.previousUntil} /> }}
          />
        </Text>
      </Secret>
    );
  return (
    <DialogForm
      submit={t("Rotate the secret")}
      fields={["overlapSeconds"]}
      act={async () => webhooks.rotateSecret.mutate({ id, overlapSeconds: Number(hours) * 3600 })}
      onDone={setMade}
    >
      {(errorAt) => (
        <NumberInput
          label={t("The old secret signs, too, for")}
          description={t("Until then, the receiver can verify with either of them")}
          suffix={` ${t("hours")}`}
          min={0}
          max={MAX_HOURS}
          value={hours}
          {...errorAt("overlapSeconds")}
          onChange={setHours}
          data-autofocus
        />
      )}
    </DialogForm>
  );
}
