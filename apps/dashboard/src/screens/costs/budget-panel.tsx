import { Anchor, Group, Progress, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";

import { api, type Outputs } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { moneyText } from "../../components/money-text.ts";
import { Money } from "../../components/money.tsx";
import { Panel } from "../../components/panel.tsx";
import { centsOf } from "../../figures/figure-text.ts";
import { questionOf } from "../../figures/figures-question.ts";
import { useFigures } from "../../figures/use-figures.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { ForecastText } from "./forecast-text.tsx";
import { forecastOfPeriod, forecastOfPrepaid, utcPeriod } from "./forecast.ts";

type Budget = NonNullable<Outputs["projects"]["budget"]>;
type Cap = NonNullable<Budget["day"]>;

/** Refresh interval, in milliseconds. */
const REFRESH_MS = 15_000;
/** Percentage of a limit from which it is shown as low. */
const SHORT_FROM = 90;
/** Days whose cost is the pace of prepaid money. */
const PACE_DAYS = 7;

/** The limits of the project's budget, and what is left of each. */
export function BudgetPanel() {
  const { may } = useSignedIn();
  const { data, error } = useQuery({
    queryKey: ["budget"],
    queryFn: ({ signal }) => api.projects.budget.query(undefined, { signal }),
    refetchInterval: REFRESH_MS,
  });
  if (data === undefined) return <ErrorAlert error={error} />;
  return (
    <Panel title={t("Budget")}>
      <ErrorAlert error={error} />
      {data === null ? (
        <Text size="sm">
          {t("The project has no budget, so it can spend without limit.")}{" "}
          {may.includes("administer") && (
            <Anchor component={Link} href="/settings" underline="always" size="sm">
              {t("Set one")}
            </Anchor>
          )}
        </Text>
      ) : (
        <Caps budget={data} />
      )}
    </Panel>
  );
}

function Caps({ budget }: { budget: Budget }) {
  const { day, month, prepaid } = budget;
  const now = new Date();
  const period = (kind: "day" | "month", cap: Cap) => (
    <ForecastText
      forecast={forecastOfPeriod(spentOf(cap), utcPeriod(kind, now), now)}
      pace={kind === "day" ? t("At the pace of today") : t("At the pace of this month")}
    />
  );
  const meters = [
    day && <CapMeter key="day" label={t("Today (UTC)")} cap={day} forecast={period("day", day)} />,
    month && (
      <CapMeter
        key="month"
        label={t("This month (UTC)")}
        cap={month}
        forecast={period("month", month)}
      />
    ),
    prepaid && (
      <CapMeter
        key="prepaid"
        label={t("Prepaid")}
        cap={prepaid}
        forecast={<Lasts cap={prepaid} />}
      />
    ),
  ].filter((meter) => meter !== null);
  return (
    <>
      {meters.length === 0 && <Text size="sm">{t("The budget sets no limit.")}</Text>}
      <SimpleGrid cols={{ base: 1, sm: Math.max(1, meters.length) }}>{meters}</SimpleGrid>
      <Text size="sm">
        <Trans
          text="<amount/> of this is set aside for calls without a price yet; for an attempt, <each/> is set aside. A call that does not fit ends as Out of budget. Days and months of a budget are those of UTC."
          parts={{
            amount: <Dollars usd={budget.setAsideUSD} />,
            each: <Dollars usd={budget.reserveUSD} />,
          }}
        />
      </Text>
    </>
  );
}

function spentOf({ capUSD, committedUSD }: Cap) {
  return { capUSD: Number(capUSD), committedUSD: Number(committedUSD) };
}

/** How long prepaid money lasts, by the cost of the last days. */
function Lasts({ cap }: { cap: Cap }) {
  const { now, question } = useMemo(() => {
    const at = new Date();
    const from = new Date(at.getTime() - PACE_DAYS * 86_400_000);
    return { now: at, question: questionOf({}, { from }, { by: [], zone: "UTC" }) };
  }, []);
  const { figures, isCounting } = useFigures(question);
  const perDay =
    figures === undefined || isCounting ? undefined : centsOf(figures.total) / 100 / PACE_DAYS;
  return (
    <ForecastText
      forecast={forecastOfPrepaid(spentOf(cap), perDay, now)}
      pace={t("At the pace of the last {count} days", { count: PACE_DAYS })}
    />
  );
}

interface CapMeterProps {
  label: string;
  cap: Cap;
  forecast: ReactNode;
}

function CapMeter({ label, cap, forecast }: CapMeterProps) {
  const { capUSD: whole, committedUSD: used } = spentOf(cap);
  const share = whole === 0 ? 100 : Math.min(100, (used / whole) * 100);
  return (
    <Stack gap={4} data-cap={label}>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{label}</Text>
        <Text className="number">
          <Trans
            text="<left/> left of <whole/>"
            parts={{
              left: (
                <b>
                  <Dollars usd={cap.leftUSD} />
                </b>
              ),
              whole: <Dollars usd={cap.capUSD} />,
            }}
          />
        </Text>
      </Group>
      <Progress
        value={share}
        size="lg"
        color={share >= SHORT_FROM ? "red" : "cyan"}
        aria-label={t("{label}: {used} of {whole} spent or set aside", {
          label,
          used: moneyText(used * 100),
          whole: moneyText(whole * 100),
        })}
      />
      <Text size="sm" className="number">
        <Trans
          text="<used/> is spent or set aside."
          parts={{ used: <Dollars usd={cap.committedUSD} /> }}
        />
      </Text>
      {forecast}
    </Stack>
  );
}

function Dollars({ usd }: { usd: string }) {
  return <Money cents={Number(usd) * 100} isTabStop isPlain />;
}
