import { Text } from "@mantine/core";

import { moneyText } from "../../components/money-text.ts";
import type { Forecast } from "./forecast.ts";

const days = new Intl.DateTimeFormat("en-GB", {
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
      return "It is used up: further calls end as Low Balance.";
    case "nothing":
      return "Nothing is being spent.";
    case "early":
      return "It is too early for a forecast.";
    case "fits":
      return `At ${pace}, it comes to ${moneyText(forecast.endUSD * 100)}, which fits.`;
    case "used-up":
      return `At ${pace}, it is used up on ${days.format(forecast.at)} UTC.`;
  }
}
