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

/** How the deliveries of the last day went, in words. */
export function successText({ delivered, failed, pending }: Endpoint["lastDay"]): string {
  const ended = delivered + failed;
  const waiting = pending === 0 ? "" : `, ${pending.toLocaleString("en")} pending`;
  if (ended === 0) return `Last day: no delivery has ended${waiting}`;
  // 99.96 % is not "all".
  const percent = Math.floor((delivered / ended) * 1000) / 10;
  const all = `${ended.toLocaleString("en")} ${ended === 1 ? "delivery" : "deliveries"}`;
  return `Last day: ${percent} % of ${all} succeeded${waiting}`;
}
