import { Text } from "@mantine/core";

import { fieldText, type ShownRange } from "../components/time-range/time-range.ts";
import type { FiguresState } from "./use-figures.ts";

/** How far the figures have been counted, while they are not whole. */
export function Counting({ state, range }: { state: FiguresState; range: ShownRange }) {
  const { figures, isCounting } = state;
  if (figures === undefined || !isCounting) return null;
  const from = figures.from === null ? undefined : new Date(figures.from);
  const words = fieldText(from, range.zone).replace("T", " ").slice(0, 16);
  return (
    <Text size="sm" role="status" data-counting>
      {words === ""
        ? "Counting. There are many calls, so this takes a while."
        : `Counted so far: the calls since ${words}, ${figures.total.calls.toLocaleString("en")} of them. Older ones are being counted.`}
    </Text>
  );
}
