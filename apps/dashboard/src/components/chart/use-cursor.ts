import { type KeyboardEvent, type PointerEvent, useState } from "react";

import { afterKey, columnsOf, type Cursor } from "./chart-cursor.ts";
import { type ChartProps, columnAt } from "./chart-data.ts";

interface Plot {
  onPick: ChartProps["onPick"];
  onRange: ChartProps["onRange"];
  count: number;
  /** Left edge and width of the columns, in pixels of the drawing. */
  left: number;
  width: number;
}

/** The columns under the pointer or the keyboard, and the handlers that follow both. */
export function useCursor({ count, left, width, onPick, onRange }: Plot) {
  const [cursor, setCursor] = useState<Cursor>();
  const [isPressed, setPressed] = useState(false);
  const columns = columnsOf(cursor, count);
  const placeOf = ({ clientX, currentTarget }: PointerEvent) =>
    columnAt(clientX - currentTarget.getBoundingClientRect().left - left, width, count);
  const leave = () => {
    setPressed(false);
    setCursor(undefined);
  };
  const choose = () => {
    if (columns === undefined) return;
    const { first, last } = columns;
    if (onRange !== undefined && (first !== last || onPick === undefined)) onRange(first, last);
    else onPick?.(first);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      if (onRange !== undefined) event.currentTarget.setPointerCapture(event.pointerId);
      setPressed(true);
      setCursor({ at: placeOf(event), anchor: placeOf(event) });
    },
    onPointerMove: (event: PointerEvent) => {
      const at = placeOf(event);
      const isDragging = isPressed && onRange !== undefined;
      if (cursor?.at !== at) setCursor({ at, anchor: isDragging && cursor ? cursor.anchor : at });
    },
    onPointerUp: () => {
      if (isPressed) choose();
      leave();
    },
    onPointerCancel: leave,
    onPointerLeave: () => {
      if (!isPressed || onRange === undefined) leave();
    },
    onBlur: leave,
    onKeyDown: (event: KeyboardEvent) => {
      const { key } = event;
      if (key === "Enter") choose();
      if (key === "Escape" && cursor !== undefined) {
        event.stopPropagation();
        leave();
      }
      const shiftKey = event.shiftKey && onRange !== undefined;
      const after = afterKey(cursor, { key, shiftKey }, count);
      if (after === undefined) return;
      event.preventDefault();
      setCursor(after);
    },
  };
  return { columns, handlers };
}
