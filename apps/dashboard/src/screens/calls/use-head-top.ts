import { type RefObject, useEffect } from "react";

/** Gap between the header and the notices that stay below it, and below these, in pixels. */
const GAP = 10;

/** Keeps the head of the table below the notices, whose height changes; as the property `--head-offset` of the element. */
export function useHeadTop(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const notices = document.querySelector<HTMLElement>(".notices");
    if (notices === null) return undefined;
    const follow = () => {
      const height = notices.offsetHeight;
      element.current?.style.setProperty("--head-offset", `${height === 0 ? 0 : height + GAP}px`);
    };
    const observer = new ResizeObserver(follow);
    observer.observe(notices);
    return () => observer.disconnect();
  }, [element]);
}
