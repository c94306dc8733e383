import { Button, Table, Text } from "@mantine/core";
import { Fragment, useState } from "react";
import { Link } from "wouter";

import { Moment } from "../../components/moment.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import type { Tone } from "../../design/tokens.ts";
import { dayTime } from "../../format/time.ts";
import { t } from "../../language/translate.ts";
import { deliveryState } from "../../words/delivery-words.ts";
import { eventTypeTitle } from "../../words/event-type-words.ts";
import { DeliveryDetails } from "./delivery-details.tsx";
import type { Delivery, Endpoint } from "./webhooks.ts";

const TONES = {
  pending: "warn",
  delivered: "good",
  failed: "bad",
} as const satisfies Record<Delivery["state"], Tone>;

interface Props {
  deliveries: readonly Delivery[];
  endpoints: readonly Pick<Endpoint, "_id" | "url" | "description">[];
  /** Without the call's column: on the page of one call. */
  isOfCall?: boolean;
}

/** Deliveries, each with a button for its attempts, body and answers. */
export function DeliveryTable({ deliveries, endpoints, isOfCall = false }: Props) {
  const [openId, setOpenId] = useState<string>();
  if (deliveries.length === 0) return <Text>{t("No deliveries.")}</Text>;
  const labels = [
    t("Event"),
    t("State"),
    t("Answer"),
    t("Time"),
    t("Endpoint"),
    ...(isOfCall ? [] : [t("About")]),
  ];
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table verticalSpacing={6} aria-label={t("Deliveries")}>
        <Table.Thead>
          <Table.Tr>
            {[...labels, t("Attempts")].map((label) => (
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
      <Table.Td>{eventTypeTitle(type)}</Table.Td>
      <Table.Td>
        <StateBadge tone={TONES[state]} size="sm">
          {deliveryState(state)}
        </StateBadge>
      </Table.Td>
      <Table.Td className="number">
        {last?.status ?? (last === undefined ? "–" : t("none"))}
      </Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>
        <Moment iso={createdAt} format={dayTime} />
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
          aria-label={
            isOpen
              ? t("Hide attempts: {tryCount}", { tryCount })
              : t("Show attempts: {tryCount}", { tryCount })
          }
          onClick={onToggle}
        >
          {isOpen ? t("Hide") : t("Show")}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function About({ delivery: { callLogId, problemId } }: { delivery: Delivery }) {
  if (callLogId !== undefined) return <Link href={`/calls/${callLogId}`}>{t("call")}</Link>;
  return <>{problemId === undefined ? "–" : t("problem")}</>;
}

function endpointName({ kind, endpointId, url }: Delivery, endpoints: Props["endpoints"]): string {
  if (url !== undefined) return t("{url} (of the request)", { url });
  const endpoint = endpoints.find(({ _id }) => _id === endpointId);
  if (endpoint === undefined && kind === "source") return t("source of the alert");
  return endpoint === undefined ? t("deleted") : (endpoint.description ?? endpoint.url);
}
