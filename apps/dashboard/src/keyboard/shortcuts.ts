import type { Operation } from "@call-log/model";

/** One shortcut of the dashboard. */
export interface Shortcut {
  /** Keys as `KeyboardEvent.key` names them, in their order, separated by spaces. */
  keys: string;
  /** What it does, for the list of shortcuts. */
  does: string;
  /** Where it works. */
  where: "Everywhere" | "In the list of calls";
  /** The screen that it opens. */
  path?: string;
  /** What the key or person must be allowed. */
  needs?: Operation;
}

/** Every shortcut of single keys. The handler, the list that `?` shows and docs/reference/keyboard.md have these. */
export const SHORTCUTS = {
  search: { keys: "/", does: "Search", where: "Everywhere" },
  help: { keys: "?", does: "Show the keyboard shortcuts", where: "Everywhere" },
  goCalls: { keys: "g c", does: "Go to Calls", where: "Everywhere", path: "/", needs: "read" },
  goCosts: { keys: "g o", does: "Go to Costs", where: "Everywhere", path: "/costs", needs: "read" },
  goHealth: {
    keys: "g h",
    does: "Go to Health",
    where: "Everywhere",
    path: "/system",
    needs: "read",
  },
  goPlace: {
    keys: "g p",
    does: "Go to Place a call",
    where: "Everywhere",
    path: "/place",
    needs: "dispatch",
  },
  goSettings: {
    keys: "g s",
    does: "Go to Settings",
    where: "Everywhere",
    path: "/settings",
    needs: "administer",
  },
  goAudit: {
    keys: "g a",
    does: "Go to Audit",
    where: "Everywhere",
    path: "/audit",
    needs: "administer",
  },
  place: {
    keys: "c",
    does: "Place a call",
    where: "Everywhere",
    path: "/place",
    needs: "dispatch",
  },
  next: { keys: "j", does: "Next call", where: "In the list of calls" },
  previous: { keys: "k", does: "Previous call", where: "In the list of calls" },
  open: { keys: "o", does: "Open the call", where: "In the list of calls" },
  select: {
    keys: "x",
    does: "Select the call, or deselect it",
    where: "In the list of calls",
    needs: "dispatch",
  },
  selectTo: {
    keys: "X",
    does: "Select all calls from the last selected one to this one",
    where: "In the list of calls",
    needs: "dispatch",
  },
  filter: { keys: "f", does: "Filter by a value of the call", where: "In the list of calls" },
} as const satisfies Record<string, Shortcut>;

/** Name of a shortcut. */
export type ShortcutName = keyof typeof SHORTCUTS;

/** Shortcuts that are not single characters, which work also while typing and when the others are off. */
export const CHORDS: readonly Pick<Shortcut, "keys" | "does" | "where">[] = [
  { keys: "Ctrl+K or ⌘K", does: "Search", where: "Everywhere" },
  { keys: "↓ and ↑", does: "Next and previous call", where: "In the list of calls" },
  { keys: "Enter", does: "Open the call", where: "In the list of calls" },
  { keys: "Space", does: "Select the call, or deselect it", where: "In the list of calls" },
  { keys: "Escape", does: "Close, or clear the selection", where: "Everywhere" },
];

/** Result of a key: the shortcut, or the keys of a shortcut that is not complete; neither for a key without one. */
export interface Typed {
  name?: ShortcutName;
  pending?: string;
}

const NAMES = Object.keys(SHORTCUTS) as ShortcutName[];

/** The shortcut of a key after the pending ones. A key that does not continue them begins again. */
export function typed(pending: string | undefined, key: string): Typed {
  const keys = pending === undefined ? key : `${pending} ${key}`;
  const name = NAMES.find((one) => SHORTCUTS[one].keys === keys);
  if (name !== undefined) return { name };
  if (NAMES.some((one) => SHORTCUTS[one].keys.startsWith(`${keys} `))) return { pending: keys };
  return pending === undefined ? {} : typed(undefined, key);
}

/** A key as the list of shortcuts writes it. */
export function keyLabel(key: string): string {
  return /^[A-Z]$/.test(key) ? `Shift+${key}` : key;
}
