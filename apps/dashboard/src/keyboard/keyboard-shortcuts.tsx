import { useWindowEvent } from "@mantine/hooks";
import { Suspense, useState } from "react";
import { useLocation } from "wouter";

import { ErrorBoundary } from "../components/error-boundary.tsx";
import { lazyComponent } from "../components/lazy-component.tsx";
import { useLoadedAhead } from "../components/use-loaded-ahead.ts";
import { useSignedIn } from "../session/session-context.ts";
import { type Shortcut, SHORTCUTS } from "./shortcuts.ts";
import { useShortcut, useShortcutKeys } from "./use-shortcut.ts";

const ShortcutList = lazyComponent(async () => import("./shortcut-list.tsx"));

/** The event that opens the list of shortcuts from elsewhere. */
export const SHOW_SHORTCUTS = "call-log:show-shortcuts";

/** Shortcuts that work on every screen, and the list of all of them. */
export function KeyboardShortcuts() {
  const [isOpen, setOpen] = useState(false);
  const [, go] = useLocation();
  const { may, project } = useSignedIn();
  useLoadedAhead(ShortcutList);
  useShortcut("help", () => setOpen(true));
  useShortcutKeys((name) => {
    const { path, needs }: Shortcut = SHORTCUTS[name];
    if (path === undefined || project === null) return false;
    if (needs !== undefined && !may.includes(needs)) return false;
    go(path);
    return true;
  });
  useWindowEvent(SHOW_SHORTCUTS, () => setOpen(true));
  if (!isOpen) return null;
  return (
    <ErrorBoundary>
      <Suspense>
        <ShortcutList onClose={() => setOpen(false)} />
      </Suspense>
    </ErrorBoundary>
  );
}
