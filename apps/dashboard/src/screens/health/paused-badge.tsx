import { Badge } from "@mantine/core";

/** Whether calls go through, or are paused. */
export function PausedBadge({ isPaused }: { isPaused: boolean }) {
  return (
    <Badge variant="outline" c="var(--mantine-color-text)" color={isPaused ? "red" : "green"}>
      {isPaused ? "paused" : "calls"}
    </Badge>
  );
}
