import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";

/** How many endpoints get events, how many are disabled, and the way to them. */
export function WebhooksLink() {
  const { data, error } = useQuery({
    queryKey: ["webhooks", "endpoints", false],
    queryFn: ({ signal }) => api.webhooks.list.query(undefined, { signal }),
  });
  const endpoints = data?.endpoints ?? [];
  const failing = endpoints.filter(({ disabledBy, failingSince }) =>
    disabledBy === undefined ? failingSince !== undefined : disabledBy !== "person",
  );
  return (
    <Panel title="Webhooks">
      <Text size="sm">
        Events of calls are sent to other software.{" "}
        {data && `${endpoints.length} ${endpoints.length === 1 ? "endpoint" : "endpoints"}.`}
      </Text>
      <ErrorAlert error={error} />
      {failing.length > 0 && (
        <Text size="sm" fw={600}>
          {failing.length === 1 ? "One of them fails." : `${failing.length} of them fail.`}
        </Text>
      )}
      <Group>
        <Button component={Link} href="/webhooks" variant="default">
          Webhooks
        </Button>
      </Group>
    </Panel>
  );
}
