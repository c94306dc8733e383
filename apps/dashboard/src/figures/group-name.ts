import {
  CALL_OUTCOMES,
  type CallOutcome,
  type FigureDimension,
  type FigureGroup,
} from "@call-log/model";

import { countryName } from "../screens/costs/country-name.ts";

/** What each dimension is called: as a heading, and behind "by". */
export const DIMENSION_NAMES: Readonly<Record<FigureDimension, string>> = {
  day: "Day",
  hour: "Hour",
  hourOfDay: "Hour of the day",
  country: "Country",
  provider: "Provider",
  person: "Person",
  status: "Status",
  outcome: "Outcome of an attempt",
};

const WITHOUT: Readonly<Record<FigureDimension, string>> = {
  day: "",
  hour: "",
  hourOfDay: "",
  country: "unknown from the number",
  provider: "not handed to a provider",
  person: "without a user id",
  status: "without a status",
  outcome: "without an outcome yet",
};

const weekdays = new Intl.DateTimeFormat("en", { weekday: "short", timeZone: "UTC" });

/** Name of a group. */
export function groupName(
  by: FigureDimension,
  { key, name }: Pick<FigureGroup, "key" | "name">,
): string {
  if (key === "") return WITHOUT[by];
  switch (by) {
    case "day":
      return `${weekdays.format(new Date(`${key}T12:00:00Z`))} ${key}`;
    case "hour":
      return `${key.slice(0, 10)} ${hours(key.slice(11, 13))} (UTC${key.slice(16)})`;
    case "hourOfDay":
      return hours(key);
    case "country":
      return countryName(key);
    case "outcome":
      return CALL_OUTCOMES[key as CallOutcome]?.wording ?? key;
    case "person":
      return name ?? key;
    case "provider":
    case "status":
      return key;
  }
}

function hours(hour: string): string {
  return `${hour}:00 to ${hour}:59`;
}
