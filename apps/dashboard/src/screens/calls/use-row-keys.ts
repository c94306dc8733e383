import { useShortcut } from "../../keyboard/use-shortcut.ts";
import { focusedCall, moveRowFocus, openFocusedRow } from "./row-focus.ts";
import type { useSelection } from "./use-selection.ts";

interface Options {
  /** The shown calls in their order. */
  ids: readonly string[];
  selection: ReturnType<typeof useSelection>;
  /** Whether the key may select calls. */
  maySelect: boolean;
}

/** Shortcuts of the list: move, open, select. */
export function useRowKeys({ ids, selection, maySelect }: Options): void {
  useShortcut("next", () => moveRowFocus(1));
  useShortcut("previous", () => moveRowFocus(-1));
  useShortcut("open", openFocusedRow);
  const onFocused = (act: (id: string) => void) => () => {
    const id = focusedCall()?.id;
    if (id !== undefined && maySelect) act(id);
  };
  useShortcut("select", onFocused(selection.toggle));
  useShortcut(
    "selectTo",
    onFocused((id) => selection.extendTo(id, ids)),
  );
}
