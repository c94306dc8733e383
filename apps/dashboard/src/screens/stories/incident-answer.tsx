import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";

import type { Outputs } from "../../api.ts";
import { BROWSER_TIMES } from "../../format/time.ts";
import { t } from "../../language/translate.ts";

type Incident = Outputs["incidents"]["get"];
type Acknowledgement = Incident["acknowledgements"][number];

/** How far an incident is: who acknowledged it, when, by which key, and what was canceled since; else who was reached. */
export function IncidentAnswer({ incident }: { incident: Incident }) {
  const { acknowledgements, canceledSince } = incident;
  if (acknowledgements.length === 0) return <Text size="lg">{reachedSentence(incident)}</Text>;
  return (
    <>
      {acknowledgements.map((one) => (
        <Text key={one.callLogId} size="lg" data-acknowledged={one.callLogId}>
          {acknowledgedSentence(one)}{" "}
          <Anchor component={Link} href={`/calls/${one.callLogId}`} size="sm" underline="always">
            {t("See the call")}
          </Anchor>
        </Text>
      ))}
      {canceledSince > 0 && (
        <Text data-canceled-since>
          {t(
            "{count, plural, one {# call of it was} other {# calls of it were}} canceled after that.",
            { count: canceledSince },
          )}
        </Text>
      )}
    </>
  );
}

function acknowledgedSentence({ name, toNumber, at, digits }: Acknowledgement): string {
  const who = name ?? toNumber ?? t("Somebody");
  const time = BROWSER_TIMES.on(at);
  return digits === null
    ? t("{who} acknowledged it {time}.", { who, time })
    : t("{who} acknowledged it {time} with the key {digits}.", { who, time, digits });
}

function reachedSentence({ people, coming }: Incident): string {
  const reached = people.filter(({ reachedAt }) => reachedAt !== null).length;
  if (reached > 0)
    return t(
      "Nobody has acknowledged it by phone; {count, plural, one {# person was} other {# people were}} reached.",
      { count: reached },
    );
  return coming.count > 0 ? t("Nobody was reached yet.") : t("Nobody was reached.");
}
