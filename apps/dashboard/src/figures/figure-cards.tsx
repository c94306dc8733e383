import { decidedCalls, type FigureSums } from "@call-log/model";
import { Box, Paper, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { Money } from "../components/money.tsx";
import { numberText } from "../language/local-format.ts";
import { t } from "../language/translate.ts";
import { differenceText } from "./difference.ts";
import {
  centsOf,
  FIGURES,
  type FigureName,
  percentText,
  pricesText,
  secondsText,
} from "./figure-text.ts";

interface Props {
  sums: FigureSums;
  /** Sums of the other range, and what that is called. */
  compared?: { sums: FigureSums; name: string } | undefined;
}

/** The figures of all calls of a range, each with its difference to the other range. */
export function FigureCards({ sums, compared }: Props) {
  const decided = decidedCalls(sums);
  const reached = sums.statuses.reached ?? 0;
  const notes: Record<FigureName, ReactNode> = {
    calls: t("in {count, number} attempts", { count: sums.attempts }),
    reachRate: t("{reached, number} of {decided, number} calls that are decided", {
      reached,
      decided,
    }),
    median: t("from the first dial; half of the reached calls took no longer"),
    p90: t("from the first dial; nine of ten reached calls took no longer"),
    cost: pricesText(sums),
  };
  const values: Record<FigureName, ReactNode> = {
    calls: numberText(sums.calls),
    reachRate: percentText(FIGURES.reachRate.of(sums)),
    median: secondsText(FIGURES.median.of(sums)),
    p90: secondsText(FIGURES.p90.of(sums)),
    cost: <Money cents={centsOf(sums)} isTabStop />,
  };
  return (
    <Box className="figure-grid" role="group" aria-label={t("Figures of all calls")}>
      {(Object.keys(FIGURES) as FigureName[]).map((name) => (
        <Paper key={name} withBorder p="sm" data-figure={name}>
          <Stack gap={2}>
            <Text size="sm">{FIGURES[name].label}</Text>
            <Text fz="xl" fw={700} className="number">
              {values[name]}
            </Text>
            <Text size="xs">{notes[name]}</Text>
            {compared && (
              <Text size="xs" data-difference>
                {`${compared.name}: ${differenceText(name, sums, compared.sums)}`}
              </Text>
            )}
          </Stack>
        </Paper>
      ))}
    </Box>
  );
}
