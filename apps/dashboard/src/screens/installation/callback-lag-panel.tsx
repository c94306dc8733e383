import { Text } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { numberText } from "../../language/local-format.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import type { Installation } from "./installation.ts";

/** Seconds from which the lag of most callbacks is shown as slow. */
const SLOW_SECONDS = 5;
/** Text for anything above the longest bound. */
const LONGEST = t("more than 300 s");

/** Time from the providers' events to their record. */
export function CallbackLagPanel({ lag }: { lag: Installation["callbackLag"] }) {
  const { callbacks, halfWithinSeconds: half, mostWithinSeconds: most } = lag;
  const isSlow = callbacks > 0 && (most === null || most > SLOW_SECONDS);
  const badge = isSlow && <StateBadge tone="bad">{t("slow")}</StateBadge>;
  return (
    <Panel title={t("Callback lag")} aside={badge}>
      {callbacks === 0 ? (
        <Text>{t("No callbacks in the last five minutes.")}</Text>
      ) : (
        <Text data-lag>
          <Trans
            text="Half of {count, number} callbacks were recorded within <half/>, 95 of 100 within <most/>."
            values={{ count: callbacks }}
            parts={{
              half: <b className="number">{bound(half)}</b>,
              most: <b className="number">{bound(most)}</b>,
            }}
          />
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t(
          "From the provider's time of an event to its record, over the last five minutes. Includes the provider's delay and clock differences.",
        )}
      </Text>
    </Panel>
  );
}

function bound(seconds: number | null): string {
  return seconds === null ? LONGEST : `${numberText(seconds)} s`;
}
