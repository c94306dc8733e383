import { Table } from "@mantine/core";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

import { DENSITY } from "../design/tokens.ts";

interface Props {
  /** What the table lists: its name for screen readers. */
  label: string;
  /** Width in pixels below which it scrolls sideways instead of being squeezed. */
  minWidth?: number;
  density?: keyof typeof DENSITY;
  /** Columns keep the widths of their headings, whatever their cells hold. */
  isFixed?: boolean;
  className?: string;
  /** Head and body: `Table.Thead`, `Table.Tbody`. */
  children: ReactNode;
}

/** A table whose head stays in sight while the page scrolls; a wide one scrolls sideways in a region of its own. */
export function DataTable(props: Props) {
  const { label, minWidth = 0, density = "comfortable", isFixed = false } = props;
  const [frame, isWide] = useIsNarrowerThan(minWidth);
  return (
    <div
      ref={frame}
      className="data-table"
      {...(isWide && { "data-wide": true, tabIndex: 0, role: "region", "aria-label": label })}
    >
      <Table
        highlightOnHover
        verticalSpacing={DENSITY[density]}
        horizontalSpacing="sm"
        layout={isFixed ? "fixed" : "auto"}
        miw={minWidth}
        aria-label={label}
        {...(props.className !== undefined && { className: props.className })}
      >
        {props.children}
      </Table>
    </div>
  );
}

/** Gap between the bar of the page, the notices and a head below them, in pixels. */
const GAP = 10;

// The notices are above the head while there are any.
function useIsNarrowerThan(width: number) {
  const frame = useRef<HTMLDivElement>(null);
  const [isNarrower, setNarrower] = useState(false);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const notices = document.querySelector<HTMLElement>(".notices");
    const measure = () => {
      // Also for larger letters than usual, with which its columns need more.
      setNarrower(element.clientWidth < width || element.scrollWidth > element.clientWidth);
      const height = notices?.offsetHeight ?? 0;
      const above = height === 0 ? 0 : height + GAP;
      element.style.setProperty("--data-table-above", `${above}px`);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (notices !== null) observer.observe(notices);
    return () => observer.disconnect();
  }, [width]);
  return [frame, isNarrower] as const;
}
