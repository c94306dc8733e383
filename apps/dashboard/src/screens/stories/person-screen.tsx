import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api, type Outputs } from "../../api.ts";
import { callCents } from "../../call/call-cents.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Moment } from "../../components/moment.tsx";
import { Money } from "../../components/money.tsx";
import { Panel } from "../../components/panel.tsx";
import { PhoneNumber } from "../../components/phone-number.tsx";
import { RoundingNote } from "../../components/rounding-note.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { percentText } from "../../figures/figure-text.ts";
import { ZONE, lengthText } from "../../format/time.ts";
import { numberText } from "../../language/local-format.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
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
    <Stack gap="md" maw={1400}>
      <Group gap="sm" align="center">
        <ScreenTitle tab={data?.name ?? whom}>
          <span dir="auto">{data?.name ?? whom}</span>
        </ScreenTitle>
        {data?.name &&
          numbersOf(data, whom).map((number) => <PhoneNumber key={number} e164={number} />)}
      </Group>
      <ErrorAlert error={error} />
      {data === undefined && !error && <Loading h={320} />}
      {data && <OnePerson person={data} whom={whom} />}
    </Stack>
  );
}

function OnePerson({ person, whom }: { person: Person; whom: string }) {
  const { may } = useSignedIn();
  const { count, read, calls, blockedNumbers } = person;
  const numbers = numbersOf(person, whom);
  const isBlocked = blockedNumbers.length > 0;
  const barring = <Barring numbers={numbers} blocked={blockedNumbers} />;
  return (
    <>
      <Text size="lg" data-person>
        {reachedSentence(person)}
      </Text>
      {isBlocked && barring}
      {may.includes("dispatch") && <CallThem numbers={numbers} blocked={blockedNumbers} />}
      <Panel title={t("In figures")}>
        <PersonFigures person={person} />
        {count === read && <RoundingNote sums={[calls.map((call) => callCents(call) ?? 0)]} />}
        {count > read && (
          <Text size="sm">
            {t("From the newest {read} of {count, number} calls.", { read, count })}
          </Text>
        )}
      </Panel>
      <Panel title={t("Calls")} aside={<b className="number">{numberText(count)}</b>}>
        {calls.length === 0 && (
          <EmptyState>{t("There is no call to {whom}.", { whom })}</EmptyState>
        )}
        <StoryList calls={calls} label={t("Calls, newest first")} />
      </Panel>
      {!isBlocked && barring}
    </>
  );
}

function numbersOf({ toNumbers }: Pick<Person, "toNumbers">, whom: string): readonly string[] {
  return whom.startsWith("+") ? [whom] : toNumbers;
}

/** The way to a new call to each number that may be called. */
function CallThem({
  numbers,
  blocked,
}: {
  numbers: readonly string[];
  blocked: readonly string[];
}) {
  // A number that is shown masked can't be called.
  const callable = numbers.filter((number) => /^\+\d+$/.test(number) && !blocked.includes(number));
  if (callable.length === 0) return null;
  return (
    <Group gap="xs" className="call-actions">
      {callable.map((number) => (
        <Button
          key={number}
          component={Link}
          href={`/place?to=${encodeURIComponent(number)}`}
          variant="default"
        >
          {/* The things in a button stand without the gaps between words. */}
          <span>
            <Trans text="Call <number/>" parts={{ number: <PhoneNumber e164={number} /> }} />
          </span>
        </Button>
      ))}
    </Group>
  );
}

function PersonFigures({ person }: { person: Person }) {
  const { dialled, reached, medianSecondsToAnswer, lastReachedAt, reachedAt } = person;
  const hours = usualHours(reachedAt, ZONE);
  return (
    <Figures
      figures={[
        [t("Reached"), percentText(dialled === 0 ? undefined : reached / dialled)],
        [
          t("Time to answer, median"),
          medianSecondsToAnswer === null ? "–" : lengthText(medianSecondsToAnswer),
        ],
        [
          t("Usual hours reached ({zone})", { zone: ZONE }),
          hours.length === 0 ? t("too few calls") : <Hours hours={hours} />,
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

// A line breaks between two of them, not within one.
function Hours({ hours }: { hours: readonly string[] }) {
  return hours.map((hour, index) => (
    <span key={hour}>
      {index > 0 && ", "}
      <span className="number">{hour}</span>
    </span>
  ));
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
