import { Badge, Text } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import type { Installation } from "./installation.ts";

/** Seconds from which the lag of most callbacks is shown as slow. */
const SLOW_SECONDS = 5;
/** Text for anything above the longest bound. */
const LONGEST = "more than 300 s";

/** Time from the providers' events to their record. */
export function CallbackLagPanel({ lag }: { lag: Installation["callbackLag"] }) {
  const { callbacks, halfWithinSeconds: half, mostWithinSeconds: most } = lag;
  const isSlow = callbacks > 0 && (most === null || most > SLOW_SECONDS);
  const badge = isSlow && (
    <Badge color="red" variant="outline" c="var(--mantine-color-text)">
      slow
    </Badge>
  );
  return (
    <Panel title="Callback lag" aside={badge}>
      {callbacks === 0 ? (
        <Text>No callbacks in the last five minutes.</Text>
      ) : (
        <Text data-lag>
          Half of {callbacks.toLocaleString("en")} callbacks were recorded within{" "}
          <b className="number">{bound(half)}</b>, 95 of 100 within{" "}
          <b className="number">{bound(most)}</b>.
        </Text>
      )}
      <Text size="sm" c="dimmed">
        From the provider's time of an event to its record, over the last five minutes. Includes the
        provider's delay and clock differences.
      </Text>
    </Panel>
  );
}

function bound(seconds: number | null): string {
  return seconds === null ? LONGEST : `${seconds} s`;
}
