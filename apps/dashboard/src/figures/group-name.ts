import type { FigureDimension, FigureGroup } from "@call-log/model";

import { localDates } from "../language/local-format.ts";
import { t } from "../language/translate.ts";
import { countryName } from "../screens/costs/country-name.ts";
import { answeredByName } from "../words/answered-words.ts";
import { outcomeWording } from "../words/outcome-words.ts";
import { statusName } from "../words/status-words.ts";

/** What each dimension is called as a heading. */
export const DIMENSION_NAMES: Readonly<Record<FigureDimension, string>> = {
  day: t("Day"),
  hour: t("Hour"),
  hourOfDay: t("Hour of the day"),
  country: t("Country"),
  provider: t("Provider"),
  person: t("Person"),
  status: t("Status"),
  outcome: t("Outcome of an attempt"),
  answeredBy: t("Answered by"),
};

/** What each dimension is called behind "by". */
export const BEHIND_BY: Readonly<Record<FigureDimension, string>> = {
  day: t("day"),
  hour: t("hour"),
  hourOfDay: t("hour of the day"),
  country: t("country"),
  provider: t("provider"),
  person: t("person"),
  status: t("status"),
  outcome: t("outcome of an attempt"),
  answeredBy: t("who answered"),
};

const WITHOUT: Readonly<Record<FigureDimension, string>> = {
  day: "",
  hour: "",
  hourOfDay: "",
  country: t("unknown from the number"),
  provider: t("not handed to a provider"),
  person: t("without a user id"),
  status: t("without a status"),
  outcome: t("without an outcome yet"),
  answeredBy: t("nobody, or not known"),
};

const weekdays = localDates({ weekday: "short", timeZone: "UTC" });
const days = localDates({ year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });
const daysOfYear = localDates({ day: "numeric", month: "short", timeZone: "UTC" });

/** Noon of a day: `2026-10-25`. */
const noonOf = (day: string) => new Date(`${day}T12:00:00Z`);

/** The short name of a day or an hour, below an axis: 10-25, 10-25 02. */
export function tickOf(by: FigureDimension, key: string): string {
  if (by !== "day" && by !== "hour") return key;
  const day = daysOfYear(noonOf(key.slice(0, 10)));
  return by === "day" ? day : `${day} ${key.slice(11, 13)}`;
}

/** Name of a group. */
export function groupName(
  by: FigureDimension,
  { key, name }: Pick<FigureGroup, "key" | "name">,
): string {
  if (key === "") return WITHOUT[by];
  switch (by) {
    case "day":
      return `${weekdays(noonOf(key))} ${days(noonOf(key))}`;
    case "hour":
      return `${days(noonOf(key.slice(0, 10)))} ${hours(key.slice(11, 13))} (UTC${key.slice(16)})`;
    case "hourOfDay":
      return hours(key);
    case "country":
      return countryName(key);
    case "outcome":
      return outcomeWording(key);
    case "answeredBy":
      return answeredByName(key);
    case "person":
      return name ?? key;
    case "status":
      return statusName(key);
    case "provider":
      return key;
  }
}

function hours(hour: string): string {
  return t("{first} to {last}", { first: `${hour}:00`, last: `${hour}:59` });
}
