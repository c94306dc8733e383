import { WEBHOOK_EVENTS } from "@call-log/model";
import { Badge, Button, Table, Text } from "@mantine/core";
import { Fragment, useState } from "react";
import { Link } from "wouter";

import { Moment } from "../../components/moment.tsx";
import { DeliveryDetails } from "./delivery-details.tsx";
import type { Delivery, Endpoint } from "./webhooks.ts";

const COLORS = {
  pending: "yellow",
  delivered: "green",
  failed: "red",
} as const satisfies Record<Delivery["state"], string>;

interface Props {
  deliveries: readonly Delivery[];
  endpoints: readonly Pick<Endpoint, "_id" | "url" | "description">[];
  /** Without the call's column: on the page of one call. */
  isOfCall?: boolean;
}

/** Deliveries, each with a button for its attempts, body and answers. */
export function DeliveryTable({ deliveries, endpoints, isOfCall = false }: Props) {
  const [openId, setOpenId] = useState<string>();
  if (deliveries.length === 0) return <Text>No deliveries.</Text>;
  const labels = ["Event", "State", "Answer", "Time", "Endpoint", ...(isOfCall ? [] : ["About"])];
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table verticalSpacing={6} aria-label="Deliveries">
        <Table.Thead>
          <Table.Tr>
            {[...labels, "Attempts"].map((label) => (
              <Table.Th key={label}>{label}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {deliveries.map((delivery) => {
            const isOpen = delivery._id === openId;
            return (
              <Fragment key={delivery._id}>
                <Row
                  {...{ delivery, endpoints, isOfCall, isOpen }}
                  onToggle={() => setOpenId(isOpen ? undefined : delivery._id)}
                />
                {isOpen && (
                  <Table.Tr>
                    <Table.Td colSpan={labels.length + 1}>
                      <DeliveryDetails delivery={delivery} />
                    </Table.Td>
                  </Table.Tr>
                )}
              </Fragment>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface RowProps extends Required<Omit<Props, "deliveries">> {
  delivery: Delivery;
  isOpen: boolean;
  onToggle: () => void;
}

function Row({ delivery, endpoints, isOfCall, isOpen, onToggle }: RowProps) {
  const { _id, type, state, createdAt, tries, tryCount } = delivery;
  const last = tries.at(-1);
  return (
    <Table.Tr data-delivery={_id}>
      <Table.Td>{WEBHOOK_EVENTS[type].title}</Table.Td>
      <Table.Td>
        <Badge size="sm" color={COLORS[state]} variant="outline" c="var(--mantine-color-text)">
          {state}
        </Badge>
      </Table.Td>
      <Table.Td className="number">{last?.status ?? (last === undefined ? "–" : "none")}</Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>
        <Moment iso={createdAt} />
      </Table.Td>
      <Table.Td style={{ overflowWrap: "anywhere" }} dir="auto">
        {endpointName(delivery, endpoints)}
      </Table.Td>
      {!isOfCall && (
        <Table.Td>
          <About delivery={delivery} />
        </Table.Td>
      )}
      <Table.Td style={{ whiteSpace: "nowrap" }}>
        {tryCount}{" "}
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? "Hide" : "Show"} attempts: ${tryCount}`}
          onClick={onToggle}
        >
          {isOpen ? "Hide" : "Show"}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function About({ delivery: { callLogId, problemId } }: { delivery: Delivery }) {
  if (callLogId !== undefined) return <Link href={`/calls/${callLogId}`}>call</Link>;
  return <>{problemId === undefined ? "–" : "problem"}</>;
}

function endpointName({ kind, endpointId, url }: Delivery, endpoints: Props["endpoints"]): string {
  if (url !== undefined) return `${url} (of the request)`;
  const endpoint = endpoints.find(({ _id }) => _id === endpointId);
  if (endpoint === undefined && kind === "source") return "source of the alert";
  return endpoint === undefined ? "deleted" : (endpoint.description ?? endpoint.url);
}
