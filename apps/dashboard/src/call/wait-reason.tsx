import { Text } from "@mantine/core";

import { Moment } from "../components/moment.tsx";
import { onShortMoment } from "../format/on-moment.ts";
import { ZONE } from "../format/time.ts";
import { Trans } from "../language/trans.tsx";
import { waitWording } from "../words/wait-words.ts";
import type { CallLogView } from "./call-view.ts";

/** Time of a scheduled call, or the reason why another call waits; empty for a call that does not wait. */
export function WaitReason({
  call,
  maxWidth = 240,
}: {
  call: Pick<CallLogView, "status" | "waitsFor" | "waitsUntil">;
  /** Width at which the text is cut. */
  maxWidth?: number | string;
}) {
  const { status, waitsFor, waitsUntil } = call;
  if (!waitsFor) return null;
  const wording = waitWording(waitsFor);
  return (
    <Text size="sm" span truncate maw={maxWidth} title={wording} data-wait={waitsFor}>
      {status === "Scheduled" && waitsUntil ? (
        <Trans
          text="Calls <when/>"
          parts={{ when: <Moment iso={waitsUntil} format={dialledAt} /> }}
        />
      ) : (
        wording
      )}
    </Text>
  );
}

function dialledAt(iso: string): string {
  return onShortMoment(iso, { now: new Date(), zone: ZONE });
}
