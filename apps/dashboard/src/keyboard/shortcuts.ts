import type { Operation } from "@call-log/model";

import { t } from "../language/translate.ts";

/** The places where shortcuts work, by their names. */
export const SHORTCUT_PLACES = {
  everywhere: t("Everywhere"),
  list: t("In the list of calls"),
} as const;

/** Where a shortcut works. */
export type ShortcutPlace = keyof typeof SHORTCUT_PLACES;

/** One shortcut of the dashboard. */
export interface Shortcut {
  /** Keys as `KeyboardEvent.key` names them, in their order, separated by spaces. */
  keys: string;
  /** What it does, for the list of shortcuts. */
  does: string;
  /** Where it works. */
  where: ShortcutPlace;
  /** The screen that it opens. */
  path?: string;
  /** What the key or person must be allowed. */
  needs?: Operation;
}

/** Every shortcut of single keys. The handler, the list that `?` shows and docs/reference/keyboard.md have these. */
export const SHORTCUTS = {
  search: { keys: "/", does: t("Search"), where: "everywhere" },
  help: { keys: "?", does: t("Show the keyboard shortcuts"), where: "everywhere" },
  goCalls: { keys: "g c", does: t("Go to Calls"), where: "everywhere", path: "/", needs: "read" },
  goCosts: {
    keys: "g o",
    does: t("Go to Costs"),
    where: "everywhere",
    path: "/costs",
    needs: "read",
  },
  goHealth: {
    keys: "g h",
    does: t("Go to Health"),
    where: "everywhere",
    path: "/system",
    needs: "read",
  },
  goPlace: {
    keys: "g p",
    does: t("Go to Place a call"),
    where: "everywhere",
    path: "/place",
    needs: "dispatch",
  },
  goSettings: {
    keys: "g s",
    does: t("Go to Settings"),
    where: "everywhere",
    path: "/settings",
    needs: "administer",
  },
  goAudit: {
    keys: "g a",
    does: t("Go to Audit"),
    where: "everywhere",
    path: "/audit",
    needs: "administer",
  },
  place: {
    keys: "c",
    does: t("Place a call"),
    where: "everywhere",
    path: "/place",
    needs: "dispatch",
  },
  next: { keys: "j", does: t("Next call"), where: "list" },
  previous: { keys: "k", does: t("Previous call"), where: "list" },
  open: { keys: "o", does: t("Open the call"), where: "list" },
  select: {
    keys: "x",
    does: t("Select the call, or deselect it"),
    where: "list",
    needs: "dispatch",
  },
  selectTo: {
    keys: "X",
    does: t("Select all calls from the last selected one to this one"),
    where: "list",
    needs: "dispatch",
  },
  filter: { keys: "f", does: t("Filter by a value of the call"), where: "list" },
} as const satisfies Record<string, Shortcut>;

/** Name of a shortcut. */
export type ShortcutName = keyof typeof SHORTCUTS;

/** Shortcuts that are not single characters, which work also while typing and when the others are off. */
export const CHORDS: readonly Pick<Shortcut, "keys" | "does" | "where">[] = [
  { keys: t("Ctrl+K or ⌘K"), does: t("Search"), where: "everywhere" },
  { keys: t("↓ and ↑"), does: t("Next and previous call"), where: "list" },
  { keys: t("Enter"), does: t("Open the call"), where: "list" },
  { keys: t("Space"), does: t("Select the call, or deselect it"), where: "list" },
  { keys: t("Escape"), does: t("Close, or clear the selection"), where: "everywhere" },
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
  return /^[A-Z]$/.test(key) ? t("Shift+{key}", { key }) : key;
}
