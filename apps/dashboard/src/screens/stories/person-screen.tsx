import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { api, type Outputs } from "../../api.ts";
import { callCents } from "../../call/call-cents.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Moment } from "../../components/moment.tsx";
import { Money } from "../../components/money.tsx";
import { Panel } from "../../components/panel.tsx";
import { RoundingNote } from "../../components/rounding-note.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { ZONE, lengthText } from "../../format/time.ts";
import { numberText } from "../../language/local-format.ts";
import { t } from "../../language/translate.ts";
import { Barring } from "./barring.tsx";
import { Figures } from "./figures.tsx";
import { StoryList } from "./story-list.tsx";
import { usualHours } from "./usual-hours.ts";

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
      <Panel title={t("How they are reached")}>
        <PersonFigures person={person} />
        {count === read && <RoundingNote sums={[calls.map((call) => callCents(call) ?? 0)]} />}
        {count > read && (
          <Text size="sm">
            {t("From the newest {read} of {count, number} calls.", { read, count })}
          </Text>
        )}
      </Panel>
      <Barring numbers={numbers} blocked={person.blockedNumbers} />
      <Panel title={t("Calls")} aside={<b className="number">{numberText(count)}</b>}>
        {calls.length === 0 && (
          <EmptyState>{t("There is no call to {whom}.", { whom })}</EmptyState>
        )}
        <StoryList calls={calls} label={t("Calls, newest first")} />
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
        [t("Reached"), rateText(reached, dialled)],
        [
          t("Usual time to answer"),
          medianSecondsToAnswer === null ? "–" : lengthText(medianSecondsToAnswer),
        ],
        [
          t("Usual hours reached ({zone})", { zone: ZONE }),
          hours.length === 0 ? t("too few calls") : hours.join(", "),
        ],
        [t("Last reached"), lastReachedAt ? <Moment iso={lastReachedAt} /> : t("never")],
        [
          t("Cost"),
          <Money cents={person.costUSDCents} isPending={person.isPricePending} isTabStop />,
        ],
      ]}
    />
  );
}

function reachedSentence({ name, reached, dialled, count }: Person): string {
  const who = name ?? t("This person");
  if (count === 0) return t("{who} was never called.", { who });
  if (dialled === 0)
    return t("{who} was not dialled yet in {count, plural, one {# call} other {# calls}}.", {
      who,
      count,
    });
  return t("{who} was reached in {reached} of {count, plural, one {# call} other {# calls}}.", {
    who,
    reached,
    count: dialled,
  });
}

function rateText(reached: number, dialled: number): string {
  if (dialled === 0) return "–";
  return t("{percent} % ({reached} of {dialled})", {
    percent: Math.round((100 * reached) / dialled),
    reached,
    dialled,
  });
}
