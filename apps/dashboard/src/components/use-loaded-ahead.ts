import { useEffect } from "react";

import type { LazyComponent } from "./lazy-component.tsx";

/** Time from the screen to what its buttons open, in milliseconds: the screen loads first. */
const AHEAD_MS = 3000;

/** Loads what a press opens before it is pressed: it is there at once then, also while the server is away. */
export function useLoadedAhead<P extends object>(Part: LazyComponent<P>, isOffered = true): void {
  useEffect(() => {
    if (!isOffered) return undefined;
    const timer = setTimeout(Part.loadAhead, AHEAD_MS);
    return () => clearTimeout(timer);
  }, [Part, isOffered]);
}
