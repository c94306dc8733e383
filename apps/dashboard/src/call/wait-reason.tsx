import { WAIT_REASONS } from "@call-log/model";
import { Text } from "@mantine/core";

import { Moment } from "../components/moment.tsx";
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
  const { wording } = WAIT_REASONS[waitsFor];
  return (
    <Text size="xs" span truncate maw={maxWidth} title={wording} data-wait={waitsFor}>
      {status === "Scheduled" && waitsUntil ? (
        <>
          until <Moment iso={waitsUntil} />
        </>
      ) : (
        wording
      )}
    </Text>
  );
}
