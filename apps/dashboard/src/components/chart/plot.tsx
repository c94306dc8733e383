import { useElementSize } from "@mantine/hooks";

import { PlotDrawing } from "./plot-drawing.tsx";
import type { PlotProps } from "./plot-props.ts";

/** The drawing of a chart in the width that it has. */
export default function Plot(props: PlotProps) {
  const { ref, width } = useElementSize();
  return (
    <div
      ref={ref}
      className="plot"
      style={{ height: props.height }}
      data-brush={props.onRange !== undefined || undefined}
      data-pick={(props.onRange === undefined && props.onPick !== undefined) || undefined}
    >
      {width > 0 && <PlotDrawing {...props} width={width} />}
    </div>
  );
}
