import type { Source } from "./sources.ts";

/** State of a source in words. */
export type SourceState = "on" | "paused" | "silent" | "refused";

/** Badge of each state. */
export const STATES = {
  on: { label: "on", color: "good" },
  paused: { label: "paused", color: "neutral" },
  silent: { label: "nothing came yet", color: "warn" },
  refused: { label: "last one refused", color: "bad" },
} as const satisfies Record<SourceState, { label: string; color: string }>;

/** Whether a source's alerts call, and whether its last notification was taken. */
export function sourceState({
  enabled,
  lastDelivery,
  lastRefusal,
}: Pick<Source, "enabled" | "lastDelivery" | "lastRefusal">): SourceState {
  if (!enabled) return "paused";
  if (lastDelivery === undefined) return "silent";
  return lastRefusal?.at === lastDelivery.at ? "refused" : "on";
}

type Counts = NonNullable<Source["lastDelivery"]>["counts"];

const WORDS = {
  called: "called",
  repeated: "called before",
  canceled: "canceled",
  ignored: "ignored",
  refused: "refused",
} as const satisfies Record<keyof Counts, string>;

/** What became of the alerts of a notification, such as "2 called, 1 refused". */
export function countsText(counts: Counts): string {
  const parts = (Object.keys(WORDS) as (keyof Counts)[])
    .filter((result) => counts[result] > 0)
    .map((result) => `${counts[result].toLocaleString("en")} ${WORDS[result]}`);
  return parts.length === 0 ? "no alerts" : parts.join(", ");
}
