import { Badge, Text } from "@mantine/core";

import { Panel } from "../../parts/panel.tsx";
import type { Installation } from "./installation.ts";

/** More than so many seconds for most callbacks is worth a look. */
const SLOW_SECONDS = 5;
/** The longest that is told apart. */
const LONGEST = "more than 300 s";

/** How late what providers call back is in the record. */
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
        <Text>No callback came in the last five minutes.</Text>
      ) : (
        <Text data-lag>
          Half of {callbacks.toLocaleString("en")} callbacks were recorded within{" "}
          <b className="number">{bound(half)}</b>, 95 of 100 within{" "}
          <b className="number">{bound(most)}</b>.
        </Text>
      )}
      <Text size="sm" c="dimmed">
        From the time that the provider gives to the record, over the last five minutes. The
        provider's own delay and the difference of the clocks are in it.
      </Text>
    </Panel>
  );
}

function bound(seconds: number | null): string {
  return seconds === null ? LONGEST : `${seconds} s`;
}
