import { Alert, Button, Code, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";

import type { Outputs } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useWebhooks } from "./webhooks.ts";

type Result = Outputs["webhooks"]["test"];

/** Sends one test event and shows the answer of the receiver. */
export function TestEndpoint({ id }: { id: string }) {
  const { webhooks } = useWebhooks();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async () => webhooks.test.mutate({ id }),
  });
  return (
    <Stack>
      <Text size="sm">
        <Trans
          text="One signed event of type <code/> is sent now, and not again if it fails."
          parts={{ code: <Code>webhook.test</Code> }}
        />
      </Text>
      <div aria-live="polite">
        <ErrorAlert error={error} />
        {data && <TestResult result={data} />}
      </div>
      <Group justify="flex-end">
        <Button loading={isPending} onClick={() => mutate()} data-autofocus>
          {t("Send a test event")}
        </Button>
      </Group>
    </Stack>
  );
}

function TestResult({ result }: { result: Result }) {
  const { delivered, status, milliseconds, answer, error } = result;
  return (
    <Alert
      color={delivered ? "good" : "bad"}
      variant="light"
      title={
        status === undefined
          ? t("No answer")
          : t("The receiver answered {status}", { status: String(status) })
      }
      data-test={delivered ? "delivered" : "failed"}
    >
      <Stack gap="xs">
        <Text size="sm" dir="auto">
          {error === undefined
            ? t("After {milliseconds} ms.", { milliseconds })
            : t("After {milliseconds} ms: {error}", { milliseconds, error })}
        </Text>
        {answer !== undefined && answer !== "" && (
          <Code block tabIndex={0} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {answer}
          </Code>
        )}
      </Stack>
    </Alert>
  );
}
