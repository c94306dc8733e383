import { Badge } from "@mantine/core";

/** Whether calls go through, or are held back by a pause. */
export function CallingBadge({ isPaused }: { isPaused: boolean }) {
  return (
    <Badge variant="outline" c="var(--mantine-color-text)" color={isPaused ? "red" : "green"}>
      {isPaused ? "paused" : "calls"}
    </Badge>
  );
}
