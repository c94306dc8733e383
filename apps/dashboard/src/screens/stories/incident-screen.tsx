import { Anchor, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api, type Outputs } from "../../api.ts";
import { callCents } from "../../call/call-cents.ts";
import { personHref } from "../../call/person-href.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Moment } from "../../components/moment.tsx";
import { Money } from "../../components/money.tsx";
import { Panel } from "../../components/panel.tsx";
import { RoundingNote } from "../../components/rounding-note.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { dayTime, lengthText } from "../../format/time.ts";
import { numberText } from "../../language/local-format.ts";
import { t } from "../../language/translate.ts";
import { ComingCalls } from "./coming-calls.tsx";
import { Figures } from "./figures.tsx";
import { IncidentAnswer } from "./incident-answer.tsx";
import { StoryList } from "./story-list.tsx";

type Incident = Outputs["incidents"]["get"];
type Person = Incident["people"][number];

/** Refresh interval, in milliseconds. */
const FRESH_MS = 5000;

/** One incident: who was called for it, who acknowledged when, and its calls as one story. */
export default function IncidentScreen({ id }: { id: string }) {
  const { data, error } = useQuery({
    queryKey: ["incident", id],
    queryFn: ({ signal }) => api.incidents.get.query({ incidentId: id }, { signal }),
    refetchInterval: FRESH_MS,
  });
  return (
    <Stack gap="md" maw={1400}>
      <ScreenTitle tab={data?.title ?? t("Incident")}>
        <span dir="auto">{data?.title ?? t("Incident")}</span>
      </ScreenTitle>
      <ErrorAlert error={error} />
      {data === undefined && !error && <Loading h={320} />}
      {data && <OneIncident id={id} incident={data} />}
    </Stack>
  );
}

function OneIncident({ id, incident }: { id: string; incident: Incident }) {
  const { people, count, read, calls, secondsToAcknowledge, costUSDCents } = incident;
  const { firstRequestedAt, isPricePending } = incident;
  return (
    <>
      <div data-incident>
        <IncidentAnswer incident={incident} />
      </div>
      <ComingCalls id={id} incident={incident} />
      <Panel title={t("In figures")}>
        <Figures
          figures={[
            [t("First request"), firstRequestedAt ? <Moment iso={firstRequestedAt} /> : "–"],
            [
              t("Until acknowledged"),
              secondsToAcknowledge === null ? t("not yet") : lengthText(secondsToAcknowledge),
            ],
            [t("Calls"), numberText(count)],
            [t("Cost"), <Money cents={costUSDCents} isPending={isPricePending} isTabStop />],
          ]}
        />
        {count === read && <RoundingNote sums={[calls.map((call) => callCents(call) ?? 0)]} />}
        {count > read && (
          <Text size="sm">{t("From its first {count} calls.", { count: read })}</Text>
        )}
      </Panel>
      <People people={people} />
      <Panel title={t("The story")}>
        <StoryList calls={calls} label={t("Calls, oldest first")} withGaps />
      </Panel>
    </>
  );
}

function People({ people }: { people: readonly Person[] }) {
  return (
    <Panel title={t("Who was called")}>
      <Table aria-label={t("Who was called")} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {[t("Who"), t("Calls"), t("Reached")].map((label) => (
              <Table.Th key={label}>{label}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person, index) => (
            <Table.Tr key={index} data-who={person.toNumber}>
              <Table.Td dir="auto" style={{ overflowWrap: "anywhere" }}>
                <Who person={person} />
              </Table.Td>
              <Table.Td className="number">{person.calls}</Table.Td>
              <Table.Td>
                <Reached person={person} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Who({ person: { name, toNumber, userId } }: { person: Person }) {
  const href = personHref({ toNumber, user: userId === null ? null : { _id: userId } });
  const words = name ?? toNumber ?? t("Somebody");
  if (href === undefined) return <>{words}</>;
  return (
    <Anchor component={Link} href={href} underline="always">
      {words}
    </Anchor>
  );
}

function Reached({ person: { reachedAt, isOpen } }: { person: Person }) {
  if (reachedAt !== null) return <Moment iso={reachedAt} format={dayTime} />;
  return <>{isOpen ? t("not yet") : t("no")}</>;
}
