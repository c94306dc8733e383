import { dollars } from "@call-log/model";
import { Alert, Anchor, Loader, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link, useLocation } from "wouter";

import { api, type Outputs } from "../../api.ts";
import type { CallLogView } from "../../call/call-view.ts";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { calleeTime } from "../../format/callee-time.ts";
import { Moment } from "../../format/moment.tsx";

type Preview = Outputs["calls"]["previewRetry"];

/** Call again, after a dialog with the number, the callee's local time and the likely cost; or the reason for a refusal. */
export function CallAgain({ call }: { call: CallLogView }) {
  const [, go] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: ["preview-retry", call._id],
    queryFn: ({ signal }) => api.calls.previewRetry.query({ id: call._id }, { signal }),
    enabled: isOpen,
    gcTime: 0,
  });
  return (
    <ConfirmButton
      label="Call again"
      isRefused={data === undefined || data.refusal !== null || data.calledAgainAs !== null}
      act={async () => api.calls.retry.mutate({ id: call._id })}
      onDone={({ _id }) => go(`/calls/${_id}`)}
      onAsk={setOpen}
    >
      <Stack gap="sm" data-preview>
        <Text>This dials the number again, as a new call that is linked to this one.</Text>
        <ErrorAlert error={error} />
        {data === undefined && !error && <Loader size="sm" aria-label="Loading" />}
        {data && <Known call={call} preview={data} />}
      </Stack>
    </ConfirmButton>
  );
}

function Known({ call, preview }: { call: CallLogView; preview: Preview }) {
  const { refusal, quietUntil, zones, isZoneStated, pastCost, calledAgainAs } = preview;
  const facts: [label: string, value: ReactNode][] = [
    ["Number", <b className="number">{call.toNumber}</b>],
    [isZoneStated ? "Local time" : "Local time, by the number", calleeTime(zones, new Date())],
    ["Price", priceText(pastCost)],
  ];
  return (
    <>
      <Table aria-label="Before calling again">
        <Table.Tbody>
          {facts.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th w={130}>{label}</Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {quietUntil !== null && refusal === null && (
        <Alert color="yellow" variant="outline" title="Quiet hours">
          The call waits until <Moment iso={quietUntil} />.
        </Alert>
      )}
      {calledAgainAs !== null && (
        <Alert color="yellow" variant="outline" role="alert" title="It was already called again">
          To call once more, use that call:{" "}
          <Anchor component={Link} href={`/calls/${calledAgainAs._id}`} underline="always">
            {calledAgainAs._id}
          </Anchor>
          , {calledAgainAs.status}.
        </Alert>
      )}
      {refusal !== null && (
        <Alert color="red" variant="outline" role="alert" title="This call cannot be called again">
          {refusal}
        </Alert>
      )}
    </>
  );
}

function priceText(past: Preview["pastCost"]): string {
  if (past === null) return "unknown: no call to this country has a price yet";
  const cents = Math.round(past.meanUSDCents * 100) / 100;
  const calls = past.calls === 1 ? "1 call" : `${past.calls.toLocaleString("en")} calls`;
  return `about ${dollars(cents)}, the mean of ${calls} to this country in 90 days`;
}
