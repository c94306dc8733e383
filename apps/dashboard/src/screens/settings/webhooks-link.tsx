import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";

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
    <Panel title={t("Webhooks")}>
      <Text size="sm">
        {t("Events of calls are sent to other software.")}{" "}
        {data &&
          t("{count, plural, one {# endpoint} other {# endpoints}}.", { count: endpoints.length })}
      </Text>
      <ErrorAlert error={error} />
      {failing.length > 0 && (
        <Text size="sm" fw={600}>
          {t("{count, plural, one {One of them fails.} other {# of them fail.}}", {
            count: failing.length,
          })}
        </Text>
      )}
      <Group>
        <Button component={Link} href="/webhooks" variant="default">
          {t("Webhooks")}
        </Button>
      </Group>
    </Panel>
  );
}
