import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";
import { DeliveryTable } from "../webhooks/delivery-table.tsx";
import { WEBHOOKS } from "../webhooks/webhooks.ts";
import type { Source } from "./sources.ts";

const PAGE = 10;
/** Refresh interval, in milliseconds. */
const FRESH_MS = 5000;

/** What was sent back to a source, each with its answers, and sending it again. */
export function BackDeliveries({ source: { _id, name, back } }: { source: Source }) {
  const [limit, setLimit] = useState(PAGE);
  const { data, error } = useQuery({
    queryKey: [...WEBHOOKS, "of-source", _id, limit],
    queryFn: ({ signal }) =>
      api.webhooks.deliveries.list.query({ endpointId: _id, limit }, { signal }),
    refetchInterval: FRESH_MS,
  });
  const endpoints = [{ _id, url: back?.url ?? "", description: name }];
  return (
    <Panel title={t("Sent back to the source")}>
      <ErrorAlert error={error} />
      {data === undefined && !error && <Loading h={80} />}
      {data?.count === 0 && (
        <Text size="sm">{t("No call of this source was acknowledged yet.")}</Text>
      )}
      {data && data.count > 0 && <DeliveryTable deliveries={data.data} endpoints={endpoints} />}
      {data && data.count > data.data.length && (
        <Group>
          <Button variant="default" size="compact-md" onClick={() => setLimit(100)}>
            {t("Show more of {count, number}", { count: data.count })}
          </Button>
        </Group>
      )}
    </Panel>
  );
}
