import { inPercent, numberText } from "../../language/local-format.ts";
import { t } from "../../language/translate.ts";
import type { Endpoint } from "./webhooks.ts";

/** State of an endpoint in words. */
export type EndpointState =
  | "enabled"
  | "failing"
  | "disabled"
  | "disabled by failures"
  | "disabled: gone";

const DISABLED = {
  person: "disabled",
  failures: "disabled by failures",
  gone: "disabled: gone",
} as const satisfies Record<NonNullable<Endpoint["disabledBy"]>, EndpointState>;

/** Whether an endpoint gets events, and why it gets none. */
export function endpointState({
  enabled,
  disabledBy = "person",
  failingSince,
}: Pick<Endpoint, "enabled" | "disabledBy" | "failingSince">): EndpointState {
  if (!enabled) return DISABLED[disabledBy];
  return failingSince === undefined ? "enabled" : "failing";
}

/** Each state of an endpoint, in words. */
export const ENDPOINT_STATES: Readonly<Record<EndpointState, string>> = {
  enabled: t("enabled"),
  failing: t("failing"),
  disabled: t("disabled"),
  "disabled by failures": t("disabled by failures"),
  "disabled: gone": t("disabled: gone"),
};

/** How the deliveries of the last day went, in words. */
export function successText({ delivered, failed, pending }: Endpoint["lastDay"]): string {
  const ended = delivered + failed;
  if (ended === 0)
    return pending === 0
      ? t("Last day: no delivery has ended")
      : t("Last day: no delivery has ended, {pending, number} pending", { pending });
  // 99.96 % is not "all".
  const percent = inPercent(numberText(Math.floor((delivered / ended) * 1000) / 10));
  return pending === 0
    ? t("Last day: {percent} of {ended, plural, one {# delivery} other {# deliveries}} succeeded", {
        percent,
        ended,
      })
    : t(
        "Last day: {percent} of {ended, plural, one {# delivery} other {# deliveries}} succeeded, {pending, number} pending",
        { percent, ended, pending },
      );
}
