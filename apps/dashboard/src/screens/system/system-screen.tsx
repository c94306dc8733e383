import {
  Anchor,
  Badge,
  Button,
  Group,
  Paper,
  SimpleGrid,
  Skeleton,
  Stack,
  Table,
  Text,
  Title,
} from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { Trouble } from "../trouble.tsx";

/** How often it is read again, in milliseconds. */
const REFRESH_MS = 2000;
const HEALTH = ["health"] as const;

type Health = Awaited<ReturnType<typeof api.system.health.query>>;

/** How the installation does: what waits, what is stuck, which provider is paused. */
export default function SystemScreen() {
  const { data, error, isPending } = useQuery({
    queryKey: HEALTH,
    queryFn: ({ signal }) => api.system.health.query(undefined, { signal }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Stack maw={960}>
      <Title order={1} size="h3">
        Health
      </Title>
      <Trouble error={error} />
      {isPending && <Skeleton h={240} aria-label="Loading" />}
      {data && (
        <>
          <Calls calls={data.calls} />
          <Queues queues={data.queues} />
          <Providers providers={data.providers} />
        </>
      )}
    </Stack>
  );
}

function Calls({ calls }: { calls: Health["calls"] }) {
  const figures = [
    { label: "Open", count: calls.open, bad: false },
    { label: "Unknown", count: calls.unknown, bad: true, href: "/?status=Unknown" },
    { label: "Stuck", count: calls.stuck, bad: true },
    { label: "Prices pending", count: calls.pricesPending, bad: false },
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }}>
      {figures.map(({ label, count, bad, href }) => (
        <Paper key={label} withBorder p="sm">
          <Text size="sm">
            {href ? (
              <Anchor component={Link} href={href} size="sm" underline="always">
                {label}
              </Anchor>
            ) : (
              label
            )}
          </Text>
          <Group gap="xs">
            <Text size="xl" fw={700} className="number" data-figure={label}>
              {count.toLocaleString("en")}
            </Text>
            {bad && count > 0 && (
              <Badge color="red" variant="outline" c="var(--mantine-color-text)">
                look
              </Badge>
            )}
          </Group>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

function Queues({ queues }: { queues: Health["queues"] }) {
  return (
    <Table.ScrollContainer minWidth={520} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label="Queues" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {["Queue", "Waiting", "Oldest", "Active", "For later", "Failed"].map((label) => (
              <Table.Th key={label}>{label}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {queues.map(({ name, waiting, oldestSeconds, active, delayed, failed }) => (
            <Table.Tr key={name}>
              <Table.Td>{name}</Table.Td>
              <Table.Td className="number">{waiting}</Table.Td>
              <Table.Td className="number">
                {oldestSeconds === null ? "–" : `${oldestSeconds.toFixed(1)} s`}
              </Table.Td>
              <Table.Td className="number">{active}</Table.Td>
              <Table.Td className="number">{delayed}</Table.Td>
              <Table.Td className="number">{failed}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Providers({ providers }: { providers: Health["providers"] }) {
  const { may } = useSignedIn();
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async ({ name, pause }: Health["providers"][number]) =>
      pause === null
        ? api.system.pauseProvider.mutate({ name, reason: "paused on the dashboard" })
        : api.system.resumeProvider.mutate({ name }),
    onSuccess: async () => queries.invalidateQueries({ queryKey: HEALTH }),
  });
  return (
    <Stack gap="xs" component="section" aria-label="Providers">
      <Title order={2} size="h5">
        Providers
      </Title>
      {providers.map((provider) => (
        <Group key={provider.name} gap="sm">
          <Text>{provider.name}</Text>
          <Badge
            variant="outline"
            c="var(--mantine-color-text)"
            color={provider.pause === null ? "green" : "red"}
          >
            {provider.pause === null ? "calls" : "paused"}
          </Badge>
          {provider.pause && (
            <Text size="sm" dir="auto">
              by {provider.pause.by}: {provider.pause.reason}
            </Text>
          )}
          {may.includes("administer") && (
            <Button
              size="compact-sm"
              variant="default"
              loading={isPending}
              onClick={() => mutate(provider)}
            >
              {provider.pause === null ? `Pause ${provider.name}` : `Resume ${provider.name}`}
            </Button>
          )}
        </Group>
      ))}
      <Trouble error={error} />
    </Stack>
  );
}
