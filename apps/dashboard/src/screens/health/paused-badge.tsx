import { Badge } from "@mantine/core";

import { t, tIn } from "../../language/translate.ts";

interface Props {
  isPaused: boolean;
  /** A pause elsewhere holds every call, so that none goes through here. */
  isHeld?: boolean;
}

/** Whether calls go through, are paused here, or are held by a pause elsewhere. */
export function PausedBadge({ isPaused, isHeld = false }: Props) {
  const [color, text] = isPaused
    ? ["red", t("paused")]
    : isHeld
      ? ["gray", t("calls are held")]
      : ["green", tIn("state", "running")];
  return (
    <Badge variant="outline" c="var(--mantine-color-text)" color={color}>
      {text}
    </Badge>
  );
}
