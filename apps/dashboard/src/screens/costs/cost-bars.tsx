import { dollars } from "../../format/money.ts";

interface Day {
  key: string;
  calls: number;
  costInUSDCents: number;
}

/** Height of the highest bar, and width of one day with its gap, in the drawing's own units. */
const [HEIGHT, STEP] = [100, 10];

/** What each day cost, as bars; the table below says the same in figures. */
export function CostBars({ days }: { days: readonly Day[] }) {
  const most = Math.max(...days.map(({ costInUSDCents }) => costInUSDCents), 0);
  const text = `Cost of ${days.length} days, at most ${dollars(most)} on a day`;
  return (
    <svg
      role="img"
      aria-label={text}
      viewBox={`0 0 ${Math.max(days.length, 31) * STEP} ${HEIGHT}`}
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
  );
}
