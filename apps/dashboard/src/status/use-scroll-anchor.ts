import { type RefObject, useLayoutEffect, useRef } from "react";

import { isRowActive } from "../components/is-row-active.ts";

/** Keeps a hovered row under the pointer while an element above the rows changes its height. */
export function useScrollAnchor(): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    let height = element.current!.offsetHeight;
    const observer = new ResizeObserver(() => {
      const change = (element.current?.offsetHeight ?? height) - height;
      height += change;
      if (change !== 0 && isRowActive()) window.scrollBy({ top: change });
    });
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return element;
}
