import { Anchor, Group, Progress, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api, type Outputs } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";
import { useSignedIn } from "../../session/session-context.ts";

type Budget = NonNullable<Outputs["projects"]["budget"]>;
type Cap = NonNullable<Budget["day"]>;

/** Refresh interval, in milliseconds. */
const REFRESH_MS = 15_000;
/** Percentage of a limit from which it is shown as low. */
const SHORT_FROM = 90;

/** The limits of the project's budget, and what is left of each. */
export function BudgetPanel() {
  const { may } = useSignedIn();
  const { data, error } = useQuery({
    queryKey: ["budget"],
    queryFn: ({ signal }) => api.projects.budget.query(undefined, { signal }),
    refetchInterval: REFRESH_MS,
  });
  if (data === undefined) return <ErrorAlert error={error} />;
  return (
    <Panel title="Budget">
      <ErrorAlert error={error} />
      {data === null ? (
        <Text size="sm">
          The project has no budget, so it can spend without limit.{" "}
          {may.includes("administer") && (
            <Anchor component={Link} href="/settings" underline="always" size="sm">
              Set one
            </Anchor>
          )}
        </Text>
      ) : (
        <Caps budget={data} />
      )}
    </Panel>
  );
}

function Caps({ budget }: { budget: Budget }) {
  const caps = [
    { label: "Today (UTC)", cap: budget.day },
    { label: "This month (UTC)", cap: budget.month },
    { label: "Prepaid", cap: budget.prepaid },
  ].flatMap(({ label, cap }) => (cap === null ? [] : [{ label, cap }]));
  return (
    <>
      {caps.length === 0 && <Text size="sm">The budget sets no limit.</Text>}
      <SimpleGrid cols={{ base: 1, sm: Math.max(1, caps.length) }}>
        {caps.map(({ label, cap }) => (
          <CapMeter key={label} label={label} cap={cap} />
        ))}
      </SimpleGrid>
      <Text size="sm">
        ${budget.setAsideUSD} of this is reserved for calls without a price yet; an attempt reserves
        ${budget.reserveUSD}. A call that does not fit ends as Low Balance.
      </Text>
    </>
  );
}

function CapMeter({ label, cap }: { label: string; cap: Cap }) {
  const [whole, used] = [Number(cap.capUSD), Number(cap.committedUSD)];
  const share = whole === 0 ? 100 : Math.min(100, (used / whole) * 100);
  return (
    <Stack gap={4} data-cap={label}>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{label}</Text>
        <Text className="number">
          <b>${cap.leftUSD}</b> left of ${cap.capUSD}
        </Text>
      </Group>
      <Progress
        value={share}
        size="lg"
        color={share >= SHORT_FROM ? "red" : "cyan"}
        aria-label={`${label}: $${cap.committedUSD} of $${cap.capUSD} spent or reserved`}
      />
    </Stack>
  );
}
