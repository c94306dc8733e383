import { Text } from "@mantine/core";

import { minuteText, type ShownRange } from "../components/time-range/time-range.ts";
import { t } from "../language/translate.ts";
import type { FiguresState } from "./use-figures.ts";

/** How far the figures have been counted, while they are not whole. */
export function Counting({ state, range }: { state: FiguresState; range: ShownRange }) {
  const { figures, isCounting } = state;
  if (figures === undefined || !isCounting) return null;
  const from = figures.from === null ? undefined : new Date(figures.from);
  return (
    <Text size="sm" role="status" data-counting>
      {from === undefined
        ? t("Counting. There are many calls, so this takes a while.")
        : t(
            "Counted so far: the calls since {time}, {count, number} of them. Older ones are being counted.",
            { time: minuteText(from, range.zone), count: figures.total.calls },
          )}
    </Text>
  );
}
