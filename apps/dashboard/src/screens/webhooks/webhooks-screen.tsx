import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { permissionName } from "../../words/permission-words.ts";
import { Deliveries } from "./deliveries.tsx";
import { Endpoints } from "./endpoints.tsx";
import { useWebhooks, WEBHOOKS } from "./webhooks.ts";

/** Refresh interval of the endpoints, in milliseconds. */
const FRESH_MS = 10_000;

/** Webhooks: where events are sent, and each delivery with its attempts. */
export default function WebhooksScreen() {
  const { permissions } = useSignedIn();
  const { isOperator, isReadable, webhooks } = useWebhooks();
  const { data, error } = useQuery({
    queryKey: [...WEBHOOKS, "endpoints", isOperator],
    queryFn: ({ signal }) => webhooks.list.query(undefined, { signal }),
    enabled: isReadable,
    refetchInterval: FRESH_MS,
  });
  if (!isReadable)
    return (
      <EmptyState>
        {t("Your key may not read webhooks: {permissions}.", {
          permissions: permissions.map(permissionName).join(", "),
        })}
      </EmptyState>
    );
  return (
    <Stack maw={1400}>
      <ScreenTitle>{t("Webhooks")}</ScreenTitle>
      <Text size="sm">
        {isOperator
          ? t("Problems of the installation and of every project are sent to these addresses.")
          : t("Events of calls and problems are sent to these addresses, each signed.")}
      </Text>
      <ErrorAlert error={error} />
      {data === undefined && !error && <Loading h={200} />}
      {data && <Endpoints endpoints={data.endpoints} />}
      {data && <Deliveries endpoints={data.endpoints} />}
    </Stack>
  );
}
