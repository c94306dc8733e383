import { useState } from "react";

/** Most calls that can be selected one by one; the server's limit of a bulk request. */
export const MOST_SELECTED = 1000;

/** The selected calls: some ids, or all that match the filters. */
export interface Selection {
  ids: ReadonlySet<string>;
  isAll: boolean;
}

const NOTHING: Selection = { ids: new Set(), isAll: false };

/** The selection of the table with these filters; other filters start with an empty one. */
export function useSelection(filters: string) {
  const [kept, setKept] = useState({ filters, selection: NOTHING });
  const selection = kept.filters === filters ? kept.selection : NOTHING;
  const set = (next: Selection) => setKept({ filters, selection: next });
  return {
    selection,
    size: selection.ids.size,
    toggle: (id: string) => {
      const ids = new Set(selection.ids);
      if (!ids.delete(id) && ids.size < MOST_SELECTED) ids.add(id);
      set({ ids, isAll: false });
    },
    /** Selects these, or none if all are selected. */
    toggleAll: (all: readonly string[]) => {
      const areAll = all.every((id) => selection.ids.has(id));
      set({ ids: new Set(areAll ? [] : all.slice(0, MOST_SELECTED)), isAll: false });
    },
    selectAllThatFit: () => set({ ...selection, isAll: true }),
    clear: () => set(NOTHING),
  };
}
