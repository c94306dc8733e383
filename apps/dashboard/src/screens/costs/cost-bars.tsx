import { dollars } from "@call-log/model";
import { Group, Text } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import type { CostGroup } from "./breakdown.tsx";

/** Height of the highest bar, and width of one day with its gap, in the drawing's own units. */
const [HEIGHT, STEP] = [100, 10];
/** Least number of days on the axis, so that a single day is not one wide bar. */
const LEAST_DAYS = 31;

/** Cost per day as bars; the table below has the numbers. */
export function CostBars({ days }: { days: readonly CostGroup[] }) {
  const most = Math.max(...days.map(({ costInUSDCents }) => costInUSDCents), 0);
  const text = `Cost of ${days.length} days, at most ${dollars(most)} on a day`;
  return (
    <Panel title="Cost per day" aside={<Text size="sm">at most {dollars(most)} on a day</Text>}>
      <svg
        role="img"
        aria-label={text}
        viewBox={`0 0 ${Math.max(days.length, LEAST_DAYS) * STEP} ${HEIGHT}`}
        width="100%"
        height={140}
        preserveAspectRatio="none"
      >
        {days.map(({ key, calls, costInUSDCents }, index) => {
          const height = most === 0 ? 0 : (costInUSDCents / most) * HEIGHT;
          return (
            <rect
              key={key}
              x={index * STEP}
              y={HEIGHT - height}
              width={STEP * 0.8}
              height={height}
              fill="var(--mantine-primary-color-filled)"
            >
              <title>{`${key}: ${dollars(costInUSDCents)} for ${calls} calls`}</title>
            </rect>
          );
        })}
      </svg>
      <Group justify="space-between">
        <Text size="sm">{days[0]?.key}</Text>
        {days.length > 1 && <Text size="sm">{days.at(-1)?.key}</Text>}
      </Group>
    </Panel>
  );
}
