import { useLocalStorage } from "@mantine/hooks";
import { useEffect, useEffectEvent } from "react";

import { isTyping } from "./is-typing.ts";
import { type ShortcutName, typed } from "./shortcuts.ts";

/** Time from a key to the next one of the same shortcut, in milliseconds. */
const PATIENCE_MS = 1500;

const handlers = new Map<ShortcutName, () => void>();

/** Runs a function on a shortcut while the component is shown. */
export function useShortcut(name: ShortcutName, act: () => void): void {
  const run = useEffectEvent(act);
  useEffect(() => {
    const handler = () => run();
    handlers.set(name, handler);
    return () => {
      if (handlers.get(name) === handler) handlers.delete(name);
    };
  }, [name]);
}

/** Whether shortcuts of single keys are on in this browser, and a setter (WCAG 2.1.4). */
export function useShortcutsSwitch() {
  return useLocalStorage({
    key: "call-log.shortcuts",
    defaultValue: true,
    getInitialValueInEffect: false,
  });
}

// In a dialog or a menu, keys belong to it.
function isElsewhere(event: KeyboardEvent): boolean {
  const { altKey, ctrlKey, metaKey, isComposing, defaultPrevented, target } = event;
  if (altKey || ctrlKey || metaKey || isComposing || defaultPrevented) return true;
  return isTyping(target) || document.querySelector("[role=dialog], [role=menu]") !== null;
}

/** Listens for the keys of all shortcuts; those without a handler go to `others`, which is true if it did something. */
export function useShortcutKeys(others: (name: ShortcutName) => boolean): void {
  const [areOn] = useShortcutsSwitch();
  const runOthers = useEffectEvent(others);
  useEffect(() => {
    let before: { pending: string; at: number } | undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (isSearchChord(event)) {
        event.preventDefault();
        handlers.get("search")?.();
        return;
      }
      if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
      const inTime = before !== undefined && event.timeStamp - before.at < PATIENCE_MS;
      const pending = inTime ? before?.pending : undefined;
      before = undefined;
      if (!areOn || isElsewhere(event)) return;
      const found = typed(pending, event.key);
      if (found.pending !== undefined) before = { pending: found.pending, at: event.timeStamp };
      if (found.name === undefined) return;
      const handler = handlers.get(found.name);
      handler?.();
      if (handler !== undefined || runOthers(found.name)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [areOn]);
}

function isSearchChord({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "k" && (ctrlKey || metaKey) && !shiftKey && !altKey;
}
