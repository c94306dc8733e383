import { OPEN_KINDS, OPEN_STATUSES } from "@call-log/model";
import { Alert, Anchor, Box, Group, Paper, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";

import { callsHref } from "../../call/calls-href.ts";
import { OpenParts } from "../../call/open-parts.tsx";
import { Moment } from "../../components/moment.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { numberText } from "../../language/local-format.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { statusName } from "../../words/status-words.ts";
import type { Health } from "./health.ts";

/** Open, unknown, stuck and unpriced calls of the project, each with a link. */
export function CallFigures({ calls }: { calls: Health["calls"] }) {
  const figures = [
    {
      label: t("Open"),
      count: calls.open,
      what: t("not over yet; of these:"),
      href: callsHref(OPEN_STATUSES),
      parts: <OpenParts open={calls} />,
    },
    {
      label: t("Unknown"),
      count: calls.unknown,
      what: t("the provider may or may not have placed them"),
      isBad: true,
      href: callsHref(OPEN_KINDS.unknown.statuses),
    },
    {
      label: t("Stuck"),
      count: calls.stuck,
      what: t("overdue by more than a minute"),
      isBad: true,
      ...(calls.stuck > 0 && { href: "#stuck" }),
    },
    {
      label: t("Prices pending"),
      count: calls.pricesPending,
      what: t("their cost is not final"),
      href: "/?pricing=pending",
    },
  ];
  return (
    <Stack gap="sm">
      <Box className="figure-grid">
        {figures.map((figure) => (
          <Figure key={figure.label} {...figure} />
        ))}
      </Box>
      {calls.stuckCalls.length > 0 && (
        <Alert id="stuck" color="bad" variant="light" title={t("Stuck calls, longest first")}>
          {calls.stuckCalls.map(({ _id, status, wakeAt }) => (
            <Text key={_id} size="sm">
              <Anchor component={Link} href={`/calls/${_id}`} size="sm" underline="always">
                {_id}
              </Anchor>{" "}
              <Trans
                text="{status}, was due <time/>"
                values={{ status: statusName(status) }}
                parts={{ time: <Moment iso={wakeAt} /> }}
              />
            </Text>
          ))}
        </Alert>
      )}
      {calls.oldestPricePending && <OldestUnpriced call={calls.oldestPricePending} />}
    </Stack>
  );
}

function OldestUnpriced({ call }: { call: NonNullable<Health["calls"]["oldestPricePending"]> }) {
  return (
    <Text size="sm">
      <Trans
        text="The oldest call without a price: <link>requested <time/></link>"
        parts={{
          link: (
            <Anchor component={Link} href={`/calls/${call._id}`} size="sm" underline="always" />
          ),
          time: <Moment iso={call.createdAt} />,
        }}
      />
    </Text>
  );
}

interface FigureProps {
  label: string;
  count: number;
  what: string;
  isBad?: boolean;
  href?: string;
  /** What the count is made of. */
  parts?: ReactNode;
}

function Figure({ label, count, what, isBad = false, href, parts }: FigureProps) {
  return (
    <Paper withBorder p="md" className="linked-figure">
      <Group justify="space-between" gap="xs">
        {href ? <Way href={href}>{label}</Way> : <Text fw={600}>{label}</Text>}
        {isBad && count > 0 && <StateBadge tone="bad">{t("check")}</StateBadge>}
      </Group>
      <Text fz={32} lh={1.2} fw={700} className="number" data-figure={label}>
        {numberText(count)}
      </Text>
      <Text size="sm" c="dimmed">
        {what}
      </Text>
      {parts}
    </Paper>
  );
}

// The browser handles links within this page.
function Way({ href, children }: { href: string; children: string }) {
  const looks = { fw: 600, underline: "always" } as const;
  if (href.startsWith("#"))
    return (
      <Anchor href={href} {...looks}>
        {children}
      </Anchor>
    );
  return (
    <Anchor component={Link} href={href} {...looks}>
      {children}
    </Anchor>
  );
}
