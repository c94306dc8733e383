import { actorText } from "@call-log/model";
import { Badge, Button, Code, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, type Outputs } from "../../api.ts";
import type { AttemptView, EventView } from "../../call/call-view.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Moment } from "../../format/moment.tsx";
import { clockTime, gap } from "../../format/time.ts";
import { useSignedIn } from "../../session/session-context.ts";

type Payload = Outputs["attempts"]["payloads"]["payloads"][number]["payload"];

/** The events of an attempt in order; on demand with the payload of each callback. */
export function EventTable({ callId, attempt }: { callId: string; attempt: AttemptView }) {
  const { events, number } = attempt;
  const { may } = useSignedIn();
  const [isRaw, setRaw] = useState(false);
  const { data, error } = useQuery({
    queryKey: ["payloads", callId, events.length],
    queryFn: ({ signal }) => api.attempts.payloads.query({ id: callId }, { signal }),
    enabled: isRaw,
    placeholderData: (previous) => previous,
  });
  const carried = data?.payloads.filter((one) => one.attempt === number);
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={300} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing={4} horizontalSpacing={6} aria-label="Events">
          <Table.Thead>
            <Table.Tr>
              {["Time", "After", "Event", "From", "No."].map((label) => (
                <Table.Th key={label}>{label}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {events.map((event, index) => (
              <EventRows
                key={index}
                event={event}
                before={events[index - 1]}
                payload={isRaw ? carried?.find((one) => one.event === index)?.payload : undefined}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ErrorAlert error={error} />
      {isRaw && carried?.length === 0 && (
        <Text size="sm">
          No payloads: these events did not come by callback, or the call is sensitive.
        </Text>
      )}
      {may.includes("see-numbers") && (
        <Button
          variant="subtle"
          size="compact-sm"
          style={{ alignSelf: "start" }}
          aria-expanded={isRaw}
          onClick={() => setRaw(!isRaw)}
        >
          {isRaw ? "Hide the raw payloads" : "Show the raw payloads"}
        </Button>
      )}
    </Stack>
  );
}

interface RowProps {
  event: EventView;
  before: EventView | undefined;
  payload: Payload | undefined;
}

function EventRows({ event, before, payload }: RowProps) {
  const late = event.late ? "late" : "";
  return (
    <>
      <Table.Tr className={late}>
        <Table.Td>
          <Moment iso={event.at} format={clockTime} />
        </Table.Td>
        <Table.Td className="number">
          {before === undefined ? "" : `+${gap(before.at, event.at)}`}
        </Table.Td>
        <Table.Td>
          {event.status}
          {event.answeredBy && `: ${event.answeredBy}`}{" "}
          {event.by && (
            <Text span size="sm" dir="auto">
              by {actorText(event.by)}{" "}
            </Text>
          )}
          {event.reason && (
            <Text span size="sm" dir="auto">
              ({event.reason}){" "}
            </Text>
          )}
          {event.late && (
            <Badge size="xs" color="gray" variant="outline" c="var(--mantine-color-text)">
              late
            </Badge>
          )}
        </Table.Td>
        <Table.Td>{event.source}</Table.Td>
        <Table.Td className="number">{event.sequence ?? ""}</Table.Td>
      </Table.Tr>
      {payload && (
        <Table.Tr className={late} data-payload>
          <Table.Td colSpan={5}>
            <Code block dir="ltr" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {Object.entries(payload)
                .map(([name, value]) => `${name}: ${value}`)
                .join("\n")}
            </Code>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
