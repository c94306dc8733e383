import { Text } from "@mantine/core";

import { minuteText, type ShownRange } from "../components/time-range/time-range.ts";
import { t } from "../language/translate.ts";
import type { FiguresState } from "./use-figures.ts";

/** How far the figures have been counted, while they are not whole. */
export function Counting({ state, range }: { state: FiguresState; range: ShownRange }) {
  const { figures, isCounting } = state;
  if (figures === undefined || !isCounting) return null;
  return <CountedSoFar from={figures.from} calls={figures.total.calls} zone={range.zone} />;
}

interface Counted {
  /** How far back calls are counted, ISO 8601; null before the first. */
  from: string | null;
  calls: number;
  zone: string;
}

/** How far calls have been counted. */
export function CountedSoFar({ from, calls, zone }: Counted) {
  return (
    <Text size="sm" role="status" data-counting>
      {from === null
        ? t("Counting. There are many calls, so this takes a while.")
        : t(
            "Counted so far: the calls since {time}, {count, number} of them. Older ones are being counted.",
            { time: minuteText(new Date(from), zone), count: calls },
          )}
    </Text>
  );
}
