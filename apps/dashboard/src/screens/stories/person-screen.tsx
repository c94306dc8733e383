import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { api, type Outputs } from "../../api.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Moment } from "../../components/moment.tsx";
import { Money } from "../../components/money.tsx";
import { Panel } from "../../components/panel.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { ZONE } from "../../format/time.ts";
import { Barring } from "./barring.tsx";
import { Figures } from "./figures.tsx";
import { StoryList } from "./story-list.tsx";
import { usualHours } from "./usual-hours.ts";
import { wordedSeconds } from "./worded-seconds.ts";

type Person = Outputs["people"]["get"];

/** Refresh interval, in milliseconds. */
const FRESH_MS = 10_000;

/** One person: how they were reached, whether they may be called, and their calls. */
export default function PersonScreen({ whom }: { whom: string }) {
  const { data, error } = useQuery({
    queryKey: ["person", whom],
    queryFn: ({ signal }) =>
      api.people.get.query(whom.startsWith("+") ? { toNumber: whom } : { userId: whom }, {
        signal,
      }),
    refetchInterval: FRESH_MS,
  });
  return (
    <Stack gap="md" maw={1100}>
      <ScreenTitle tab={data?.name ?? whom}>
        <span dir="auto">{data?.name ?? whom}</span>
      </ScreenTitle>
      <ErrorAlert error={error} />
      {data === undefined && !error && <Loading h={320} />}
      {data && <OnePerson person={data} whom={whom} />}
    </Stack>
  );
}

function OnePerson({ person, whom }: { person: Person; whom: string }) {
  const numbers = whom.startsWith("+") ? [whom] : person.toNumbers;
  const { count, read, calls } = person;
  return (
    <>
      <Text size="lg" data-person>
        {reachedSentence(person)}
      </Text>
      <Panel title="How they are reached">
        <PersonFigures person={person} />
        {count > read && (
          <Text size="sm">
            From the newest {read} of {count.toLocaleString("en")} calls.
          </Text>
        )}
      </Panel>
      <Barring numbers={numbers} blocked={person.blockedNumbers} />
      <Panel title="Calls" aside={<b className="number">{count.toLocaleString("en")}</b>}>
        {calls.length === 0 && <EmptyState>There is no call to {whom}.</EmptyState>}
        <StoryList calls={calls} label="Calls, newest first" />
      </Panel>
    </>
  );
}

function PersonFigures({ person }: { person: Person }) {
  const { dialled, reached, medianSecondsToAnswer, lastReachedAt, reachedAt } = person;
  const hours = usualHours(reachedAt, ZONE);
  return (
    <Figures
      figures={[
        ["Reached", rateText(reached, dialled)],
        [
          "Usual time to answer",
          medianSecondsToAnswer === null ? "–" : wordedSeconds(medianSecondsToAnswer),
        ],
        [`Usual hours reached (${ZONE})`, hours.length === 0 ? "too few calls" : hours.join(", ")],
        ["Last reached", lastReachedAt ? <Moment iso={lastReachedAt} /> : "never"],
        ["Cost", <Money cents={person.costUSDCents} isPending={person.isPricePending} isTabStop />],
      ]}
    />
  );
}

function reachedSentence({ name, reached, dialled, count }: Person): string {
  const who = name ?? "This person";
  if (count === 0) return `${who} was never called.`;
  if (dialled === 0) return `${who} was not dialled yet in ${callsText(count)}.`;
  return `${who} was reached in ${reached} of ${callsText(dialled)}.`;
}

function callsText(count: number): string {
  return count === 1 ? "1 call" : `${count.toLocaleString("en")} calls`;
}

function rateText(reached: number, dialled: number): string {
  if (dialled === 0) return "–";
  return `${Math.round((100 * reached) / dialled)} % (${reached} of ${dialled})`;
}
