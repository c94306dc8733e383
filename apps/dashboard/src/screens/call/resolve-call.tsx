import { carrierPagesOf } from "@call-log/model";
import { Alert, Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import type { CallLogView } from "../../call/call-view.ts";
import { unknownRule } from "../../call/unknown-rule.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { errorIn } from "../../connection/error-text.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { type Resolution, RESOLUTIONS } from "./resolutions.ts";
import { OutsideLink } from "./where-to-act.tsx";

/** A call that the provider may or may not have placed: the person looks it up there and enters the result. */
export function ResolveCall({ call }: { call: CallLogView }) {
  const { may } = useSignedIn();
  const [choice, setChoice] = useState<Resolution>();
  const [providerCallId, setProviderCallId] = useState("");
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (as: Resolution) =>
      api.calls.resolve.mutate(
        as === "placed" ? { id: call._id, as, providerCallId } : { id: call._id, as },
      ),
    onSuccess: async () => queries.invalidateQueries(),
  });
  const inField = errorIn(error, "providerCallId");
  return (
    <Alert color="warn" variant="light" title={t("Was this call placed?")}>
      <Text size="sm" mb="sm">
        <Trans
          text="The provider's answer was lost. {rule} Look in <console/> for calls to this number, then choose:"
          values={{ rule: unknownRule() }}
          parts={{ console: <Console call={call} /> }}
        />
      </Text>
      {may.includes("dispatch") && (
        <Stack
          component="form"
          gap="sm"
          onSubmit={(event: React.FormEvent) => {
            event.preventDefault();
            if (choice !== undefined) mutate(choice);
          }}
        >
          <Choices choice={choice} onChoose={setChoice} />
          {choice === "placed" && (
            <TextInput
              label={t("Id of the call at the provider")}
              required
              maw={420}
              value={providerCallId}
              error={inField}
              onChange={(event) => setProviderCallId(event.currentTarget.value)}
            />
          )}
          <ErrorAlert error={inField === undefined ? error : null} />
          <Group>
            <Button type="submit" variant="default" loading={isPending} disabled={!choice}>
              {t("Resolve")}
            </Button>
          </Group>
        </Stack>
      )}
    </Alert>
  );
}

function Console({ call: { provider, attempts } }: { call: CallLogView }) {
  const pages = carrierPagesOf(attempts?.at(-1)?.provider ?? provider);
  if (pages === undefined) return <>{t("the provider's console")}</>;
  return (
    <OutsideLink href={pages.calls}>
      {t("the console of {carrier}", { carrier: pages.title })}
    </OutsideLink>
  );
}

function Choices(props: {
  choice: Resolution | undefined;
  onChoose: (choice: Resolution) => void;
}) {
  return (
    <Radio.Group
      aria-label={t("What happened")}
      value={props.choice ?? null}
      onChange={(value) => props.onChoose(value as Resolution)}
    >
      <Stack gap="xs">
        {Object.entries(RESOLUTIONS).map(([value, words]) => {
          const { label, effect } = words();
          return <Radio key={value} value={value} label={label} description={effect} />;
        })}
      </Stack>
    </Radio.Group>
  );
}
