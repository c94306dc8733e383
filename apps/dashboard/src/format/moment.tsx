import { Tooltip } from "@mantine/core";

import { dayTime, ZONE } from "./time.ts";

/** A time in the browser's zone; UTC and the zone's name on hover. */
export function Moment({
  iso,
  format = dayTime,
}: {
  iso: string;
  format?: (iso: string) => string;
}) {
  return (
    <Tooltip label={`${ZONE} · UTC ${iso.replace("T", " ").replace("Z", "")}`}>
      <time dateTime={iso}>{format(iso)}</time>
    </Tooltip>
  );
}
