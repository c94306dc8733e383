import { Alert, Anchor, Loader, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";

import { api, type Outputs } from "../../api.ts";
import type { CallLogView } from "../../call/call-view.ts";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Moment } from "../../components/moment.tsx";
import { aboutMoney } from "../../components/money-text.ts";
import { calleeTime } from "../../format/callee-time.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { refusalWords } from "../../words/reason-words.ts";
import { statusName } from "../../words/status-words.ts";

/** How long what is known before a call is shown without asking again, in milliseconds. */
const FRESH_MS = 15_000;

type Preview = Outputs["calls"]["previewRetry"];

/** Call again, after a dialog with the number, the callee's local time and the likely cost. Where it would be refused, the reason instead. */
export function CallAgain({ call }: { call: CallLogView }) {
  const [, go] = useLocation();
  const { data, error } = useQuery({
    queryKey: ["preview-retry", call._id],
    queryFn: ({ signal }) => api.calls.previewRetry.query({ id: call._id }, { signal }),
    staleTime: FRESH_MS,
  });
  if (data && (data.refusal !== null || data.calledAgainAs !== null))
    return <WhyNot preview={data} />;
  return (
    <ConfirmButton
      label={t("Call again")}
      isRefused={data === undefined}
      act={async () => api.calls.retry.mutate({ id: call._id })}
      onDone={({ _id }) => go(`/calls/${_id}`)}
    >
      <Stack gap="sm" data-preview>
        <Text>{t("This dials the number again, as a new call that is linked to this one.")}</Text>
        <ErrorAlert error={error} />
        {data === undefined && !error && <Loader size="sm" aria-label={t("Loading")} />}
        {data && <Known call={call} preview={data} />}
      </Stack>
    </ConfirmButton>
  );
}

function WhyNot({ preview: { refusal, calledAgainAs } }: { preview: Preview }) {
  if (calledAgainAs !== null)
    return (
      <Text data-no-again>
        <Trans
          text="It was called again: <link>that call is {status}</link>."
          values={{ status: statusName(calledAgainAs.status) }}
          parts={{
            link: (
              <Anchor component={Link} href={`/calls/${calledAgainAs._id}`} underline="always" />
            ),
          }}
        />
      </Text>
    );
  return (
    <Text size="sm" maw={420} data-no-again>
      {t("It can't be called again: {refusal}.", { refusal: refusalWords(refusal ?? "") })}
    </Text>
  );
}

function Known({ call, preview }: { call: CallLogView; preview: Preview }) {
  const { quietUntil, zones, isZoneStated, pastCost } = preview;
  const facts: [label: string, value: ReactNode][] = [
    [t("Number"), <b className="number">{call.toNumber}</b>],
    [
      isZoneStated ? t("Local time") : t("Local time, by the number"),
      calleeTime(zones, new Date()),
    ],
    [t("Price"), priceText(pastCost)],
  ];
  return (
    <>
      <Table aria-label={t("Before calling again")}>
        <Table.Tbody>
          {facts.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th w={130}>{label}</Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {quietUntil !== null && (
        <Alert color="warn" variant="light" title={t("Quiet hours")}>
          <Trans
            text="The call waits until <when/>."
            parts={{ when: <Moment iso={quietUntil} hasZone /> }}
          />
        </Alert>
      )}
    </>
  );
}

function priceText(past: Preview["pastCost"]): string {
  if (past === null) return t("unknown: no call to this country has a price yet");
  return t(
    "{amount}, the mean of {calls, plural, one {# call} other {# calls}} to this country in 90 days",
    { amount: aboutMoney(past.meanUSDCents), calls: past.calls },
  );
}
