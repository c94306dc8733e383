import { ALERT_SOURCE_KINDS } from "@call-log/model";
import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api, type Outputs } from "../../api.ts";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { DeliveryTable } from "../webhooks/delivery-table.tsx";
import { type Delivery, WEBHOOKS } from "../webhooks/webhooks.ts";
import { backText } from "./back-text.ts";
import { ALERT_SOURCES } from "./sources.ts";

type CallAlertView = NonNullable<Outputs["alertSources"]["ofCall"]>;

/** Refresh interval, in milliseconds. */
const FRESH_MS = 5000;
const MOST = 100;

/** The alert that a call was placed for, and what was sent back to its source; empty for another call. */
export default function CallAlert({ callLogId }: { callLogId: string }) {
  const { may } = useSignedIn();
  const isAllowed = may.includes("see-numbers");
  const { data: alert } = useQuery({
    queryKey: [...ALERT_SOURCES, "of-call", callLogId],
    queryFn: ({ signal }) => api.alertSources.ofCall.query({ id: callLogId }, { signal }),
    enabled: isAllowed,
    refetchInterval: ({ state }) => (state.data ? FRESH_MS : false),
  });
  if (!alert) return null;
  return (
    <Panel title={t("Alert")}>
      <From alert={alert} />
      <Facts alert={alert} />
      <Back alert={alert} callLogId={callLogId} />
    </Panel>
  );
}

function From({ alert }: { alert: CallAlertView }) {
  const { may } = useSignedIn();
  const { sourceId, sourceName, kind, title, count } = alert;
  const name = title === "" ? t("an alert") : title.replace(/[.\s]+$/, "");
  const source = (
    <>
      {sourceName} ({ALERT_SOURCE_KINDS[kind].title})
    </>
  );
  return (
    <Text dir="auto" style={{ overflowWrap: "anywhere" }} data-alert>
      <Trans
        text="From <name/> of <source/>"
        parts={{
          name: <b>{count > 1 ? t("{count} alerts, first {name}", { count, name }) : name}</b>,
          source: may.includes("administer") ? (
            <Anchor component={Link} href={`/alert-sources/${sourceId}`} underline="always">
              {source}
            </Anchor>
          ) : (
            source
          ),
        }}
      />
    </Text>
  );
}

function Facts({
  alert: { severity, startsAt, resolvedAt, url, labels },
}: {
  alert: CallAlertView;
}) {
  return (
    <>
      <Text size="sm">
        {severity !== null && `${t("Severity {severity}.", { severity })} `}
        {startsAt !== null && (
          <>
            <Trans text="Began <when/>." parts={{ when: <Moment iso={startsAt} /> }} />{" "}
          </>
        )}
        {resolvedAt !== null && (
          <>
            <Trans
              text="Over at the source since <when/>."
              parts={{ when: <Moment iso={resolvedAt} /> }}
            />{" "}
          </>
        )}
        {url !== null && (
          <Anchor href={url} target="_blank" rel="noreferrer" underline="always">
            {t("The alert at its source")}
          </Anchor>
        )}
      </Text>
      {labels.length > 0 && (
        <Text size="sm" c="dimmed" dir="auto" style={{ overflowWrap: "anywhere" }}>
          {labels.map(({ name, value }) => `${name} ${value}`).join(" · ")}
        </Text>
      )}
    </>
  );
}

function Back({ alert, callLogId }: { alert: CallAlertView; callLogId: string }) {
  const { sourceId: endpointId, sourceName } = alert;
  const { data } = useQuery({
    queryKey: [...WEBHOOKS, "of-call", callLogId],
    queryFn: ({ signal }) =>
      api.webhooks.deliveries.list.query({ callLogId, limit: MOST }, { signal }),
    refetchInterval: FRESH_MS,
  });
  const sent = data?.data.filter(({ kind }) => kind === "source") ?? [];
  if (sent.length === 0) return null;
  return (
    <>
      {sent.map((delivery) => (
        <BackLine key={delivery._id} delivery={delivery} />
      ))}
      <DeliveryTable
        deliveries={sent}
        endpoints={[{ _id: endpointId, url: "", description: sourceName }]}
        isOfCall
      />
    </>
  );
}

function BackLine({ delivery }: { delivery: Delivery }) {
  const { text, at } = backText(delivery);
  return (
    <Text dir="auto" style={{ overflowWrap: "anywhere" }} data-back={delivery.state}>
      {at === undefined ? (
        `${text}.`
      ) : (
        <Trans text="{text} at <when/>." values={{ text }} parts={{ when: <Moment iso={at} /> }} />
      )}
    </Text>
  );
}
