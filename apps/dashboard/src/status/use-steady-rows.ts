import { type RefObject, useLayoutEffect, useRef } from "react";

import { isAtRow } from "../parts/is-at-row.ts";

/** Keeps a hovered row under the pointer while an element above the rows changes its height. */
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
