import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";

import { DialogForm } from "../../components/dialog-form.tsx";
import { MomentField } from "../../components/moment-field.tsx";
import { isoOfValue } from "../../components/moment-value.ts";
import { t } from "../../language/translate.ts";
import { useWebhooks, WEBHOOKS } from "./webhooks.ts";

/** Sends the deliveries of a time again: the failed ones, or every one. */
export function ReplayForm({ id, onDone }: { id: string; onDone: () => void }) {
  const { webhooks } = useWebhooks();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [isAll, setAll] = useState(false);
  const [sent, setSent] = useState<number>();
  if (sent !== undefined) return <Replayed deliveries={sent} onDone={onDone} />;
  const replay = async () =>
    webhooks.deliveries.replay.mutate({
      id,
      from: isoOfValue(from),
      ...(to !== "" && { to: isoOfValue(to) }),
      only: isAll ? "all" : "failed",
    });
  return (
    <DialogForm
      submit={t("Send them again")}
      fields={["from", "to"]}
      act={replay}
      changes={WEBHOOKS}
      onDone={({ deliveries }) => setSent(deliveries)}
    >
      {(errorAt) => (
        <>
          <Text size="sm">
            {t(
              "The same events are sent with the same ids, so a receiver can leave out what it has.",
            )}
          </Text>
          <MomentField
            label={t("From")}
            value={from}
            {...errorAt("from")}
            onChange={setFrom}
            isFocused
          />
          <MomentField
            label={t("To")}
            description={t("Empty: now")}
            value={to}
            {...errorAt("to")}
            onChange={setTo}
          />
          <Checkbox
            label={t("Also those that arrived")}
            checked={isAll}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        </>
      )}
    </DialogForm>
  );
}

function Replayed({ deliveries, onDone }: { deliveries: number; onDone: () => void }) {
  return (
    <Stack>
      <Text role="status">
        {deliveries === 0
          ? t("There is nothing to send again in this time.")
          : t("{deliveries, plural, one {# delivery is} other {# deliveries are}} sent again.", {
              deliveries,
            })}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>{t("Done")}</Button>
      </Group>
    </Stack>
  );
}
