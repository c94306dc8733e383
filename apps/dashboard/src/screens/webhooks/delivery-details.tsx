import { Button, Code, Group, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Moment } from "../../components/moment.tsx";
import { dayTime } from "../../format/time.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { type Delivery, useWebhooks, WEBHOOKS } from "./webhooks.ts";

/** The attempts of a delivery with each answer, its body, and sending it again. */
export function DeliveryDetails({ delivery }: { delivery: Delivery }) {
  const { webhooks, mayResend } = useWebhooks();
  const { _id: id, eventId, tryCount, state, dueAt } = delivery;
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: [...WEBHOOKS, "delivery", id],
    queryFn: ({ signal }) => webhooks.deliveries.get.query({ id }, { signal }),
  });
  const resend = useMutation({
    mutationFn: async () => webhooks.deliveries.resend.mutate({ id }),
    onSuccess: async () => queries.invalidateQueries({ queryKey: WEBHOOKS }),
  });
  return (
    <Stack gap="xs" data-details>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        <b>webhook-id</b> {eventId}
      </Text>
      {state === "pending" && dueAt !== undefined && tryCount > 0 && (
        <Text size="sm">
          <Trans
            text="Next attempt at <when/>"
            parts={{ when: <Moment iso={dueAt} format={dayTime} /> }}
          />
        </Text>
      )}
      <Attempts delivery={delivery} />
      <ErrorAlert error={error ?? resend.error} />
      {data === undefined && !error && <Loading h={80} />}
      {data && (
        <Code block tabIndex={0} dir="ltr" mah={320} style={{ overflow: "auto" }}>
          {pretty(data.body)}
        </Code>
      )}
      {mayResend && (
        <Group>
          <Button
            variant="default"
            size="compact-md"
            loading={resend.isPending}
            onClick={() => resend.mutate()}
          >
            {t("Send again")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Attempts({ delivery: { tries } }: { delivery: Delivery }) {
  if (tries.length === 0) return <Text size="sm">{t("Not attempted yet.")}</Text>;
  return (
    <Table verticalSpacing={2} aria-label={t("Attempts")}>
      <Table.Thead>
        <Table.Tr>
          {[t("Attempted"), t("Took"), t("Status"), t("Answer")].map((label) => (
            <Table.Th key={label}>{label}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tries.map(({ at, milliseconds, status, answer, error }, index) => (
          <Table.Tr key={index}>
            <Table.Td>
              <Moment iso={at} format={dayTime} />
            </Table.Td>
            <Table.Td className="number">{t("{milliseconds} ms", { milliseconds })}</Table.Td>
            <Table.Td className="number">{status ?? "–"}</Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere" }} dir="auto">
              {[error, answer].filter((text) => text !== undefined && text !== "").join(": ")}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
