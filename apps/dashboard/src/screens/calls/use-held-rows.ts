import { useWindowEvent } from "@mantine/hooks";
import { useRef } from "react";

/** Time for which rows stay in place under a pointer that does not move, in milliseconds. */
const REST_MS = 60_000;

/** True while rows must not move before the next click or key: one has the focus or a menu, or the pointer is on them and moved lately. */
export function useHeldRows(): () => boolean {
  const movedAt = useRef(0);
  useWindowEvent("pointermove", ({ timeStamp }) => {
    movedAt.current = timeStamp;
  });
  return () => {
    if (document.querySelector("[data-call]:focus-within, [data-cell-menu]") !== null) return true;
    const isOver = document.querySelector(".rows:hover") !== null;
    return isOver && performance.now() - movedAt.current < REST_MS;
  };
}
