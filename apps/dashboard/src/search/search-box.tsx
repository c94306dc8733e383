import { ActionIcon, Button, Kbd } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Suspense, useEffect, useState } from "react";
import { useRoute } from "wouter";

import { ErrorBoundary } from "../components/error-boundary.tsx";
import { lazyComponent } from "../components/lazy-component.tsx";
import { useLoadedAhead } from "../components/use-loaded-ahead.ts";
import { useShortcut } from "../keyboard/use-shortcut.ts";
import { t } from "../language/translate.ts";
import { useSignedIn } from "../session/session-context.ts";
import { remember } from "./recent.ts";

// The first screen does not need it.
const SearchDialog = lazyComponent(async () => import("./search-dialog.tsx"));

/** The key of the browser's own shortcuts. */
const MODIFIER = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl+";

/** The button that opens the search, in the header of every screen; so do `/` and Ctrl+K. */
export function SearchBox() {
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  useShortcut("search", open);
  useLoadedAhead(SearchDialog);
  useOpenedCalls();
  return (
    <>
      <Button
        size="compact-md"
        variant="default"
        visibleFrom="lg"
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={
          <Kbd size="xs" aria-hidden>
            {MODIFIER}K
          </Kbd>
        }
        aria-keyshortcuts="Control+K Meta+K /"
        onClick={open}
      >
        {t("Search")}
      </Button>
      <ActionIcon
        variant="default"
        size={36}
        hiddenFrom="lg"
        aria-label={t("Search")}
        onClick={open}
      >
        <IconSearch size={16} />
      </ActionIcon>
      {isOpen && (
        <ErrorBoundary>
          <Suspense>
            <SearchDialog onClose={() => setOpen(false)} />
          </Suspense>
        </ErrorBoundary>
      )}
    </>
  );
}

// Remembers the calls that are opened, by id, for the search.
function useOpenedCalls(): void {
  const session = useSignedIn();
  const [, params] = useRoute("/calls/:id");
  const id = params?.id;
  useEffect(() => {
    if (id !== undefined) remember(session, "opened-calls", id);
  }, [id, session]);
}
