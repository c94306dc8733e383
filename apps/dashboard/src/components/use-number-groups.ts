import { useSyncExternalStore } from "react";

type Grouping = (e164: string) => readonly string[];

// The plan of all countries' numbers is large, so the first screen shows numbers ungrouped until it has come.
let grouping: Grouping | undefined;
let loading: Promise<void> | undefined;
const listeners = new Set<() => void>();

/** A number in groups for reading, as `numberGroups` makes them; one group until that is loaded. */
export function useNumberGroups(e164: string): readonly string[] {
  const groups = useSyncExternalStore(subscribe, () => grouping);
  return groups?.(e164) ?? [e164];
}

function subscribe(onLoaded: () => void): () => void {
  listeners.add(onLoaded);
  loading ??= load();
  return () => void listeners.delete(onLoaded);
}

async function load(): Promise<void> {
  try {
    ({ numberGroups: grouping } = await import("./number-groups.ts"));
    for (const onLoaded of listeners) onLoaded();
  } catch {
    // The numbers stay ungrouped; the next screen tries again.
    loading = undefined;
  }
}
