import { Box, Button } from "@mantine/core";
import { IconPlayerPause } from "@tabler/icons-react";
import { Suspense, useRef, useState } from "react";

import { ErrorBoundary } from "../components/error-boundary.tsx";
import { lazyComponent } from "../components/lazy-component.tsx";
import { useLoadedAhead } from "../components/use-loaded-ahead.ts";
import { useSignedIn } from "../session/session-context.ts";
import { pauseLabel } from "./stop.ts";

// The first screen does not need it.
const StopDialog = lazyComponent(async () => import("./stop-dialog.tsx"));

/** The pause of the project or the installation, for those who may: in the header of wide screens, in the bar at the lower edge of narrow ones. */
export function StopButton({ place }: { place: "header" | "thumb" }) {
  const { may, project } = useSignedIn();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const isAllowed = may.includes("administer") || may.includes("operate");
  useLoadedAhead(StopDialog, isAllowed);
  if (!isAllowed) return null;
  return (
    <Box
      className={`stop-${place}`}
      {...(place === "header" ? { visibleFrom: "lg" } : { hiddenFrom: "lg" })}
    >
      <Button
        ref={button}
        color="red"
        variant="filled"
        size={place === "header" ? "compact-md" : "md"}
        leftSection={<IconPlayerPause size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {pauseLabel(project !== null)}
      </Button>
      {isOpen && (
        <ErrorBoundary>
          <Suspense>
            <StopDialog onClose={close} />
          </Suspense>
        </ErrorBoundary>
      )}
    </Box>
  );
}
