import type { BackKind } from "@call-log/model";
import { Alert, Button, Code, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";

import { api, type Outputs } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { t } from "../../language/translate.ts";

type Tried = Outputs["alertSources"]["testBack"];

const WHAT = {
  alertmanager: t("A silence of one minute is made, which matches no alert."),
  grafana: t("A silence of one minute is made, which matches no alert."),
  pagerduty: t("A key that does not exist is acknowledged, which PagerDuty accepts and ignores."),
  oneuptime: t("The acknowledged state of the project is read."),
  template: t("The request is sent with the fingerprint call-log-test."),
} as const satisfies Record<BackKind, string>;

/** Sends what an acknowledgement would send, by the saved settings, and shows the answer. */
export function TestBack({ id, kind }: { id: string; kind: BackKind }) {
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async () => api.alertSources.testBack.mutate({ id }),
  });
  return (
    <Stack>
      <Text size="sm">
        {t("The saved settings are tried now.")} {WHAT[kind]}
      </Text>
      <div aria-live="polite">
        <ErrorAlert error={error} />
        {data && <Result tried={data} />}
      </div>
      <Group justify="flex-end">
        <Button loading={isPending} onClick={() => mutate()} data-autofocus>
          {t("Send the test")}
        </Button>
      </Group>
    </Stack>
  );
}

function Result({ tried: { status, answer, error, milliseconds } }: { tried: Tried }) {
  return (
    <Alert
      color={error === null ? "good" : "bad"}
      variant="light"
      title={
        status === null
          ? t("No answer")
          : t("The source answered {status}", { status: String(status) })
      }
      data-test={error === null ? "taken" : "failed"}
    >
      <Stack gap="xs">
        <Text size="sm" dir="auto">
          {error === null
            ? t("After {milliseconds} ms.", { milliseconds })
            : t("After {milliseconds} ms: {error}", { milliseconds, error })}
        </Text>
        {answer !== null && answer !== "" && (
          <Code block tabIndex={0} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {answer}
          </Code>
        )}
      </Stack>
    </Alert>
  );
}
