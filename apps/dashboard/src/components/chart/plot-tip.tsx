import type { ReactNode } from "react";

import { t } from "../../language/translate.ts";
import { Mark } from "./chart-legend.tsx";
import type { Columns, PlotProps } from "./plot-props.ts";
import { wordsOfColumns } from "./value-text.ts";

interface Props extends PlotProps {
  columns: Columns;
  /** Middle of the columns, in pixels of the drawing. */
  at: number;
  width: number;
}

/** What the columns under the pointer or the keyboard are, beside them. */
export function PlotTip({ columns, at, width, ...chart }: Props) {
  const { id, kind } = chart;
  const { title, lines, total } = wordsOfColumns(chart, columns);
  const place = at > width / 2 ? { right: width - at + 12 } : { left: at + 12 };
  return (
    <div className="plot-tip" style={place} aria-hidden data-tip>
      <b>{title}</b>
      <dl>
        {lines.map(({ series, value }) => (
          <Line key={series.key} value={value}>
            <Mark {...{ id, kind, one: series }} />
            {series.label}
          </Line>
        ))}
        {total !== undefined && <Line value={total}>{t("In all")}</Line>}
      </dl>
      <Hint {...chart} />
    </div>
  );
}

function Line({ value, children }: { value: string; children: ReactNode }) {
  return (
    <>
      <dt>{children}</dt>
      <dd className="number">{value}</dd>
    </>
  );
}

function Hint({ onPick, onRange }: Pick<PlotProps, "onPick" | "onRange">) {
  if (onRange !== undefined)
    return <div className="plot-tip-hint">{t("Drag to select a range")}</div>;
  if (onPick !== undefined)
    return <div className="plot-tip-hint">{t("Click to see its calls")}</div>;
  return null;
}
