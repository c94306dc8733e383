import { useState } from "react";

/** Most calls that can be selected one by one; the server takes as many at a time. */
export const MOST_SELECTED = 1000;

/** Which calls something is to be done with: some, by their id, or all that fit the filters. */
export interface Selection {
  ids: ReadonlySet<string>;
  isAll: boolean;
}

const NOTHING: Selection = { ids: new Set(), isAll: false };

/** The selection of the table whose filters are these; other filters begin with none. */
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
    /** Select these, or none when all of them are. */
    toggleAll: (all: readonly string[]) => {
      const areAll = all.every((id) => selection.ids.has(id));
      set({ ids: new Set(areAll ? [] : all.slice(0, MOST_SELECTED)), isAll: false });
    },
    selectAllThatFit: () => set({ ...selection, isAll: true }),
    clear: () => set(NOTHING),
  };
}
