import { StateBadge } from "../../components/state-badge.tsx";
import { t, tIn } from "../../language/translate.ts";

interface Props {
  isPaused: boolean;
  /** A pause elsewhere holds every call, so that none goes through here. */
  isHeld?: boolean;
}

/** Whether calls go through, are paused here, or are held by a pause elsewhere. */
export function PausedBadge({ isPaused, isHeld = false }: Props) {
  if (isPaused) return <StateBadge tone="bad">{t("paused")}</StateBadge>;
  if (isHeld) return <StateBadge>{t("calls are held")}</StateBadge>;
  return <StateBadge tone="good">{tIn("state", "running")}</StateBadge>;
}
