import { createContext, useContext, useEffect } from "react";

/** Holds the dialog around open; the result releases it. Outside of a dialog nothing is held. */
export const DialogHold = createContext<() => () => void>(() => () => {});

/** While the component is shown, the dialog around it does not close by Escape or a click beside it. */
export function useHeldDialog(): void {
  const hold = useContext(DialogHold);
  useEffect(() => hold(), [hold]);
}
