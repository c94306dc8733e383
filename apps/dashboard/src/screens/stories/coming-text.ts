import { t } from "../../language/translate.ts";

/** Calls of an incident that are open, and how many of those that are named are Unknown. */
export interface ComingCount {
  open: number;
  unknown: number;
}

/** What still comes of an incident, as a title. An Unknown call may have taken place already. */
export function comingTitle({ open, unknown }: ComingCount, isAcknowledged: boolean): string {
  const count = open - unknown;
  return isAcknowledged
    ? t(
        "It is acknowledged, and {count, plural, =0 {no call of it still comes} one {# call of it still comes} other {# calls of it still come}}.",
        { count },
      )
    : t(
        "{count, plural, =0 {No call of it still comes} one {# call of it still comes} other {# calls of it still come}}.",
        { count },
      );
}

/** What is not known of an incident's calls; empty where all is. */
export function unclearText({ unknown }: Pick<ComingCount, "unknown">): string {
  if (unknown === 0) return "";
  return t(
    "Whether {count, plural, one {# call of it was} other {# calls of it were}} placed is not known: that is decided, not canceled.",
    { count: unknown },
  );
}
