import type { Tone } from "../../design/tokens.ts";
import { t, tIn } from "../../language/translate.ts";
import type { Source } from "./sources.ts";

/** State of a source in words. */
export type SourceState = "on" | "paused" | "silent" | "refused";

/** Badge of each state. */
export const STATES = {
  on: { label: tIn("source", "on"), tone: "good" },
  paused: { label: tIn("source", "paused"), tone: "neutral" },
  silent: { label: tIn("source", "nothing came yet"), tone: "warn" },
  refused: { label: tIn("source", "last one refused"), tone: "bad" },
} as const satisfies Record<SourceState, { label: string; tone: Tone }>;

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
  called: (count) => t("{count, number} called", { count }),
  repeated: (count) => t("{count, number} called before", { count }),
  canceled: (count) => t("{count, number} canceled", { count }),
  ignored: (count) => t("{count, number} ignored", { count }),
  refused: (count) => t("{count, number} refused", { count }),
} as const satisfies Record<keyof Counts, (count: number) => string>;

/** What became of the alerts of a notification, such as "2 called, 1 refused". */
export function countsText(counts: Counts): string {
  const parts = (Object.keys(WORDS) as (keyof Counts)[])
    .filter((result) => counts[result] > 0)
    .map((result) => WORDS[result](counts[result]));
  return parts.length === 0 ? t("no alerts") : parts.join(", ");
}
