import { useState } from "react";

/** Most calls that can be selected one by one; the server's limit of a bulk request. */
export const MOST_SELECTED = 1000;

/** The selected calls: some ids, or all that match the filters. */
export interface Selection {
  ids: ReadonlySet<string>;
  isAll: boolean;
}

interface Kept {
  filters: string;
  selection: Selection;
  /** The call that was selected or deselected last. */
  last?: string | undefined;
}

/** The ids from one to another, in either direction; of an unknown one only the other. */
export function rangeBetween(all: readonly string[], from: string, to: string): string[] {
  const [first = 0, last = 0] = [all.indexOf(from), all.indexOf(to)].toSorted((a, b) => a - b);
  return first < 0 ? all.filter((id) => id === to) : all.slice(first, last + 1);
}

const NOTHING: Selection = { ids: new Set(), isAll: false };

/** The selection of the table with these filters; other filters start with an empty one. */
export function useSelection(filters: string) {
  const [kept, setKept] = useState<Kept>({ filters, selection: NOTHING });
  const { selection, last } = kept.filters === filters ? kept : { selection: NOTHING };
  const set = (next: Selection, id?: string) => setKept({ filters, selection: next, last: id });
  return {
    selection,
    size: selection.ids.size,
    toggle: (id: string) => {
      const ids = new Set(selection.ids);
      if (!ids.delete(id) && ids.size < MOST_SELECTED) ids.add(id);
      set({ ids, isAll: false }, id);
    },
    /** Selects the calls from the last selected one to this one; `all` is their order. */
    extendTo: (id: string, all: readonly string[]) => {
      const between = rangeBetween(all, last ?? id, id);
      const ids = new Set([...selection.ids, ...between].slice(0, MOST_SELECTED));
      set({ ids, isAll: false }, id);
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
