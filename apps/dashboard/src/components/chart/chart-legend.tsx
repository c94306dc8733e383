import { UnstyledButton } from "@mantine/core";

import type { ChartKind, ChartProps, ChartSeries } from "./chart-data.ts";
import { dashOf, fillOf } from "./chart-fill.ts";

interface Props extends Pick<ChartProps, "series" | "onSeries" | "chosen"> {
  id: string;
  kind: ChartKind;
}

/** The series with their colour and pattern; one that can be chosen is a button. */
export function ChartLegend({ id, kind, series, onSeries, chosen }: Props) {
  if (series.length < 2 && onSeries === undefined) return <span />;
  return (
    <ul className="chart-legend">
      {series.map((one) => {
        const content = (
          <>
            <Mark {...{ id, kind, one }} />
            {one.label}
            {one.note !== undefined && <span className="chart-note"> {one.note}</span>}
          </>
        );
        return (
          <li key={one.key}>
            {onSeries === undefined || one.isFixed ? (
              <span className="chart-legend-item">{content}</span>
            ) : (
              <UnstyledButton
                className="chart-legend-button"
                aria-pressed={chosen === one.key}
                onClick={() => onSeries(one.key)}
              >
                {content}
              </UnstyledButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** The mark of a series, as the chart draws it. */
export function Mark({ id, kind, one }: { id: string; kind: ChartKind; one: ChartSeries }) {
  return (
    <svg className="chart-mark" width={kind === "bars" ? 12 : 20} height={12} aria-hidden>
      {kind === "bars" ? (
        <rect width={12} height={12} rx={2} fill={fillOf(id, one)} />
      ) : (
        <line
          x2={20}
          y1={6}
          y2={6}
          stroke={`var(--call-log-${one.tone})`}
          strokeWidth={2}
          strokeDasharray={dashOf(one)}
        />
      )}
    </svg>
  );
}
