import { Text } from "@mantine/core";

import { moneyWords } from "../../components/money-text.ts";
import { localDates } from "../../language/local-format.ts";
import { t } from "../../language/translate.ts";
import type { Forecast } from "./forecast.ts";

const days = localDates({
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** A forecast in a sentence. */
export function ForecastText({ forecast, pace }: { forecast: Forecast; pace: string }) {
  return (
    <Text size="sm" data-forecast={forecast.kind} fw={forecast.kind === "used-up" ? 600 : 400}>
      {sentenceOf(forecast, pace)}
    </Text>
  );
}

function sentenceOf(forecast: Forecast, pace: string): string {
  switch (forecast.kind) {
    case "gone":
      return t("It is used up: further calls end as Out of budget.");
    case "nothing":
      return t("Nothing is being spent.");
    case "early":
      return t("It is too early for a forecast.");
    case "fits":
      return t("{pace}, it comes to {cost}, which fits.", {
        pace,
        cost: moneyWords(forecast.endUSD * 100),
      });
    case "used-up":
      return t("{pace}, it is used up on {time} UTC.", { pace, time: days(forecast.at) });
  }
}
