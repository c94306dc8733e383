import { type RefObject, useLayoutEffect, useRef } from "react";

import { isRowActive } from "../components/is-row-active.ts";

/** Keeps a hovered row under the pointer while an element above the rows changes its height. */
export function useScrollAnchor(): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    let height = spaceOf(element.current!);
    const observer = new ResizeObserver(() => {
      if (element.current === null) return;
      const change = spaceOf(element.current) - height;
      height += change;
      if (change !== 0 && isRowActive()) window.scrollBy({ top: change });
    });
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return element;
}

// An empty element has no margin, so the first line in it brings one.
function spaceOf(element: HTMLElement): number {
  return element.offsetHeight + Number.parseFloat(getComputedStyle(element).marginBottom);
}
