import { DELIVERY_STATES, type DeliveryState, type WebhookEventType } from "@call-log/model";
import { Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Pager } from "../../components/pager.tsx";
import { Panel } from "../../components/panel.tsx";
import { t, tIn } from "../../language/translate.ts";
import { eventTypeTitle } from "../../words/event-type-words.ts";
import { DeliveryTable } from "./delivery-table.tsx";
import { type Endpoint, useWebhooks, WEBHOOKS } from "./webhooks.ts";

const PAGE = 25;
/** Refresh interval of the page that is shown, in milliseconds. */
const FRESH_MS = 5000;

interface Filter {
  state: DeliveryState | "all";
  endpointId: string;
  type: WebhookEventType | "";
}

const ALL: Filter = { state: "all", endpointId: "", type: "" };

const STATES = {
  all: t("All"),
  pending: t("Pending"),
  delivered: t("Delivered"),
  failed: tIn("delivery", "Failed"),
} as const satisfies Record<Filter["state"], string>;

/** Deliveries, newest first, each with its attempts, body and answer. */
export function Deliveries({ endpoints }: { endpoints: readonly Endpoint[] }) {
  const { isOperator, webhooks } = useWebhooks();
  const [filter, setFilter] = useState(ALL);
  // Cursors of the previous pages and of this one; the first page has none.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const { data, error, isPending } = useQuery({
    queryKey: [...WEBHOOKS, "deliveries", isOperator, filter, cursors],
    queryFn: ({ signal }) => {
      const { state, endpointId, type } = filter;
      const cursor = cursors.at(-1);
      const asked = {
        state,
        limit: PAGE,
        ...(endpointId !== "" && { endpointId }),
        ...(type !== "" && { type }),
        ...(cursor !== undefined && { cursor }),
      };
      return webhooks.deliveries.list.query(asked, { signal });
    },
    refetchInterval: FRESH_MS,
  });
  const { nextCursor } = data ?? {};
  return (
    <Panel title={t("Deliveries")}>
      <Filters
        filter={filter}
        endpoints={endpoints}
        onChange={(changed) => {
          setCursors([]);
          setFilter({ ...filter, ...changed });
        }}
      />
      <ErrorAlert error={error} />
      {isPending && <Loading h={200} />}
      {data && <DeliveryTable deliveries={data.data} endpoints={endpoints} />}
      {data?.count === 0 && filter === ALL && endpoints.length > 0 && (
        <Text size="sm">{t('"Test" beside an endpoint sends one now.')}</Text>
      )}
      {data && (
        <Pager
          count={data.count}
          words={t("{count, plural, one {# delivery} other {# deliveries}}", { count: data.count })}
          cursors={cursors}
          next={nextCursor}
          onTurn={setCursors}
        />
      )}
    </Panel>
  );
}

interface FiltersProps {
  filter: Filter;
  endpoints: readonly Endpoint[];
  onChange: (changed: Partial<Filter>) => void;
}

function Filters({ filter, endpoints, onChange }: FiltersProps) {
  const { types } = useWebhooks();
  return (
    <Stack gap="xs">
      <Group align="end">
        <NativeSelect
          label={t("State")}
          value={filter.state}
          data={(["all", ...DELIVERY_STATES] as const).map((value) => ({
            value,
            label: STATES[value],
          }))}
          onChange={(event) => onChange({ state: event.currentTarget.value as Filter["state"] })}
        />
        <NativeSelect
          label={t("Event")}
          value={filter.type}
          data={[
            { value: "", label: t("All") },
            ...types.map((value) => ({ value, label: eventTypeTitle(value) })),
          ]}
          onChange={(event) => onChange({ type: event.currentTarget.value as Filter["type"] })}
        />
        <NativeSelect
          label={t("Endpoint")}
          value={filter.endpointId}
          maw={320}
          data={[
            { value: "", label: t("All") },
            ...endpoints.map(({ _id, url, description }) => ({
              value: _id,
              label: description ?? url,
            })),
          ]}
          onChange={(event) => onChange({ endpointId: event.currentTarget.value })}
        />
      </Group>
    </Stack>
  );
}
