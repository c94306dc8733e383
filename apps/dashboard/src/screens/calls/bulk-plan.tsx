import { Anchor, List, Table, Text } from "@mantine/core";
import { Link } from "wouter";

import { Moment } from "../../components/moment.tsx";
import { aboutMoney, moneyWords } from "../../components/money-text.ts";
import { calleeTime } from "../../format/callee-time.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { refusalReason } from "../../words/reason-words.ts";
import {
  type BulkAction,
  type BulkPlan,
  callsInWords,
  countOf,
  SKIP_WORDS,
} from "./bulk-action.ts";
import { CallLinks } from "./call-links.tsx";
import { NIGHT_WORDS, nightIn } from "./callee-night.ts";

type RetryPlan = NonNullable<BulkPlan["retry"]>;

/** Number of groups of time zones that are shown, those with the most calls first. */
const MOST_ZONES = 5;

interface Props {
  plan: BulkPlan;
  act: BulkAction;
  /** Address of the calls with these statuses; undefined for calls that were selected one by one. */
  hrefOf: ((statuses: readonly string[]) => string) | undefined;
}

/** What an action on many calls will do: to how many, at what price and hour, and which it leaves out and why. */
export function BulkPlanView({ plan, act, hrefOf }: Props) {
  const { skipped, retry, looked, matching, countedFrom } = plan;
  const count = countOf(plan);
  return (
    <>
      <Text>
        {count === 0 ? t("This is not possible for any of these calls.") : act.doing(count)}
      </Text>
      {count > 0 && act.means !== undefined && <Text size="sm">{act.means}</Text>}
      {countedFrom !== null && (
        <Text size="sm" data-counted-from>
          <Trans
            text="There are too many to count at once: these are the ones since <when/>. Older ones are included, too."
            parts={{ when: <Moment iso={countedFrom} /> }}
          />
        </Text>
      )}
      {looked !== null && looked < matching && (
        <Text size="sm" data-sample>
          {t(
            "The figures below are of the newest {looked, number} of these {matching, plural, one {# call} other {# calls}}. Each call is checked again before it is dialled.",
            { looked, matching },
          )}
        </Text>
      )}
      {retry !== null && retry.calls > 0 && <Facts retry={retry} />}
      {skipped.length > 0 && (
        <div>
          <Text size="sm">{t("Skipped:")}</Text>
          <List size="sm">
            {skipped.map(({ reason, calls, statuses }) => (
              <List.Item key={reason}>
                {hrefOf ? (
                  <Anchor component={Link} href={hrefOf(statuses)} size="sm" underline="always">
                    {callsInWords(calls)}
                  </Anchor>
                ) : (
                  callsInWords(calls)
                )}
                : {SKIP_WORDS[reason]}
              </List.Item>
            ))}
          </List>
        </div>
      )}
      {retry !== null && <LeftOut retry={retry} />}
    </>
  );
}

function LeftOut({ retry: { before, refused } }: { retry: RetryPlan }) {
  return (
    <div data-outlook>
      {before.calls > 0 && (
        <>
          <Text size="sm">
            {t(
              "{calls, plural, one {# call} other {# calls}}: already called again, so skipped. The calls that did:",
              { calls: before.calls },
            )}
          </Text>
          <CallLinks ids={before.ids} total={before.calls} />
        </>
      )}
      {refused.map(({ reason, calls, ids }) => (
        <div key={reason}>
          <Text size="sm">
            {t("{calls, plural, one {# call} other {# calls}}: would be refused: {reason}", {
              calls,
              reason: refusalReason(reason),
            })}
          </Text>
          <CallLinks ids={ids} total={calls} />
        </div>
      ))}
    </div>
  );
}

function Facts({ retry }: { retry: RetryPlan }) {
  const zones = retry.zones.slice(0, MOST_ZONES);
  const rest = retry.calls - zones.reduce((sum, { calls }) => sum + calls, 0);
  const now = new Date();
  return (
    <Table aria-label={t("Before calling again")}>
      <Table.Tbody>
        <Table.Tr>
          <Table.Th w={110}>{t("Price")}</Table.Th>
          <Table.Td>{priceText(retry)}</Table.Td>
        </Table.Tr>
        <Table.Tr>
          <Table.Th>{t("Local time")}</Table.Th>
          <Table.Td>
            {zones.map(({ zones: names, calls }) => (
              <Text key={names.join()} size="sm">
                {callsInWords(calls)}: {calleeTime(names, now)}
                {nightIn(names, now) !== "none" && (
                  <b data-night>, {NIGHT_WORDS[nightIn(names, now)]}</b>
                )}
              </Text>
            ))}
            {rest > 0 && (
              <Text size="sm">
                {t("{rest, plural, one {# call} other {# calls}} elsewhere", { rest })}
              </Text>
            )}
          </Table.Td>
        </Table.Tr>
        {retry.quiet.length > 0 && (
          <Table.Tr>
            <Table.Th>{t("Quiet hours")}</Table.Th>
            <Table.Td>
              {retry.quiet.map(({ until, calls }) => (
                <Text key={until} size="sm">
                  <Trans
                    text="{calls, plural, one {# call waits} other {# calls wait}} until <when/>"
                    values={{ calls }}
                    parts={{ when: <Moment iso={until} /> }}
                  />
                </Text>
              ))}
            </Table.Td>
          </Table.Tr>
        )}
      </Table.Tbody>
    </Table>
  );
}

function priceText({ calls, cost }: RetryPlan): string {
  const { lowUSDCents, meanUSDCents, highUSDCents, unpriced } = cost;
  if (unpriced === calls) return t("unknown: no call to these countries has a price yet");
  const mean = aboutMoney(meanUSDCents);
  const [low, high] = [moneyWords(lowUSDCents), moneyWords(highUSDCents)];
  const sum =
    low === high
      ? t("{mean}, by the calls to each country in 90 days", { mean })
      : t("{mean}, usually between {low} and {high}, by the calls to each country in 90 days", {
          mean,
          low,
          high,
        });
  if (unpriced === 0) return sum;
  return t(
    "{sum}, without {unpriced, plural, one {# call} other {# calls}} without a known price",
    { sum, unpriced },
  );
}
