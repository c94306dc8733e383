import { createContext, useContext, useEffect } from "react";

/** Locks the dialog around open; the result unlocks it. Outside of a dialog nothing is locked. */
export const DialogLock = createContext<() => () => void>(() => () => {});

/** While the component is shown, the dialog around it does not close by Escape or a click beside it. */
export function useDialogLock(): void {
  const lock = useContext(DialogLock);
  useEffect(() => lock(), [lock]);
}
