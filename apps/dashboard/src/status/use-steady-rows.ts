import { type RefObject, useLayoutEffect, useRef } from "react";

import { isAtRow } from "../parts/is-at-row.ts";

/** For what stands over the rows and grows or shrinks: while somebody points at a row, it stays under the pointer. */
export function useSteadyRows(): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    let height = element.current!.offsetHeight;
    const observer = new ResizeObserver(() => {
      const change = (element.current?.offsetHeight ?? height) - height;
      height += change;
      if (change !== 0 && isAtRow()) window.scrollBy({ top: change });
    });
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return element;
}
