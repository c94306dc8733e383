import { ATTEMPT_STATES, CALL_OUTCOMES } from "@call-log/model";
import { Anchor, Badge, Group, Paper, Table, Text, Title } from "@mantine/core";

import type { AttemptView, EventView } from "../../call/call-view.ts";
import { Moment } from "../../format/moment.tsx";
import { clockTime, gap } from "../../format/time.ts";
import { adviceOf } from "./advice.ts";

/** One attempt: how it ended, what it cost, and each of its events with the time between. */
export function AttemptTimeline({ attempt }: { attempt: AttemptView }) {
  const { number, state, outcome, events, errorMessage, errorCode } = attempt;
  const ending =
    outcome === undefined ? ATTEMPT_STATES[state].wording : CALL_OUTCOMES[outcome].wording;
  const advice = adviceOf(attempt);
  return (
    <Paper withBorder p="sm" component="section" aria-label={`Attempt ${number}`}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          Attempt {number}: {ending}
        </Title>
        <Text size="sm" className="number">
          {priceText(attempt)}
        </Text>
      </Group>
      <Facts attempt={attempt} />
      {(errorMessage || errorCode) && (
        <Text size="sm" mt="xs" dir="auto">
          {errorMessage} {errorCode && <span className="number">(error {errorCode})</span>}
        </Text>
      )}
      {advice && (
        <Text size="sm" mt={4}>
          {advice.text}{" "}
          {advice.url && (
            <Anchor href={advice.url} target="_blank" rel="noreferrer" underline="always">
              The provider on it
            </Anchor>
          )}
        </Text>
      )}
      {events.length > 0 && <Events events={events} />}
    </Paper>
  );
}

function Facts({ attempt }: { attempt: AttemptView }) {
  const { provider, providerCallId, fromNumber, digits, answeredBy, durationSeconds } = attempt;
  const facts = [
    ["Digits", digits],
    ["Answered by", answeredBy],
    ["From", fromNumber],
    ["Duration", durationSeconds === undefined ? undefined : `${durationSeconds} s`],
    ["SIP", attempt.sipResponseCode],
    ["Provider", provider],
    ["Its call", providerCallId],
  ].filter(([, value]) => value !== undefined);
  return (
    <Group gap="lg" mb="xs">
      {facts.map(([label, value]) => (
        <Text key={label} size="sm" style={{ overflowWrap: "anywhere" }}>
          {label}: <b>{value}</b>
        </Text>
      ))}
    </Group>
  );
}

function Events({ events }: { events: readonly EventView[] }) {
  return (
    <Table.ScrollContainer minWidth={380} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table verticalSpacing={2} aria-label="Events">
        <Table.Thead>
          <Table.Tr>
            {["Time", "After", "Event", "From", "No."].map((label) => (
              <Table.Th key={label}>{label}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {events.map((event, index) => (
            <Table.Tr key={index} className={event.late ? "late" : ""}>
              <Table.Td>
                <Moment iso={event.at} format={clockTime} />
              </Table.Td>
              <Table.Td className="number">
                {index === 0 ? "" : `+${gap(events[index - 1]!.at, event.at)}`}
              </Table.Td>
              <Table.Td>
                {event.status}{" "}
                {event.late && (
                  <Badge size="xs" color="gray" variant="outline">
                    late
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>{event.source}</Table.Td>
              <Table.Td className="number">{event.sequence ?? ""}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function priceText({ price }: AttemptView): string {
  if (price === undefined) return "";
  if (price.pricing === "pending") return "price pending";
  if (price.amount === null) return `no price (${price.pricing})`;
  return `${price.amount} ${price.currency ?? ""} (${price.pricing})`;
}
