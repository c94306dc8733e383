import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";
import { DeliveryTable } from "./delivery-table.tsx";
import { useWebhooks, WEBHOOKS } from "./webhooks.ts";

/** Refresh interval, in milliseconds. */
const FRESH_MS = 5000;
const MOST = 100;

/** The events of a call that were sent, and to whom; empty when nobody gets any. */
export default function CallWebhooks({ callLogId }: { callLogId: string }) {
  const { webhooks } = useWebhooks();
  const endpoints = useQuery({
    queryKey: [...WEBHOOKS, "endpoints", false],
    queryFn: ({ signal }) => webhooks.list.query(undefined, { signal }),
  });
  const deliveries = useQuery({
    queryKey: [...WEBHOOKS, "of-call", callLogId],
    queryFn: ({ signal }) => webhooks.deliveries.list.query({ callLogId, limit: MOST }, { signal }),
    refetchInterval: FRESH_MS,
  });
  const { data, count } = deliveries.data ?? { data: [], count: 0 };
  // What is sent back to the source of an alert stands beside the alert.
  const webhooksSent = data.filter(({ kind }) => kind === "webhook");
  const error = deliveries.error ?? endpoints.error;
  if (webhooksSent.length === 0 && !error) return null;
  return (
    <Panel title={t("Webhooks")}>
      <ErrorAlert error={error} />
      <DeliveryTable
        deliveries={webhooksSent}
        endpoints={endpoints.data?.endpoints ?? []}
        isOfCall
      />
      <Group>
        {count > data.length && (
          <Text size="sm">
            {t("The newest {count, number} are shown.", { count: data.length })}
          </Text>
        )}
        <Button component={Link} href="/webhooks" variant="default" size="compact-md">
          {t("All webhooks")}
        </Button>
      </Group>
    </Panel>
  );
}
