import { Alert, Progress, Text } from "@mantine/core";

import { type BulkAction, callsInWords } from "./bulk-action.ts";
import { CallLinks } from "./call-links.tsx";
import type { useBulk } from "./use-bulk.ts";

interface Props {
  bulk: Pick<ReturnType<typeof useBulk>, "tally" | "state">;
  total: number;
  act: BulkAction;
}

/** Progress and result of an action on many calls: done, already done, refused. */
export function BulkProgress({ bulk: { tally, state }, total, act }: Props) {
  const { done, before } = tally;
  const refused = Object.entries(tally.refused);
  const answered = done.length + before.length + refused.reduce((sum, [, calls]) => sum + calls, 0);
  const percent = total === 0 ? 100 : Math.min(100, (answered / total) * 100);
  return (
    <>
      <Progress value={percent} aria-label="Progress" animated={state === "running"} />
      <Text role="status">
        {answered.toLocaleString("en")} of {callsInWords(total)}
        {state === "stopped" && ", then stopped"}
      </Text>
      {state !== "running" && (
        <Alert
          color={done.length === answered && answered > 0 ? "green" : "yellow"}
          variant="outline"
          title={act.done(callsInWords(done.length))}
          data-result
        >
          <CallLinks ids={done} />
          {before.length > 0 && (
            <>
              <Text size="sm">
                {callsInWords(before.length)}: already called again, so nothing was dialled
              </Text>
              <CallLinks ids={before} />
            </>
          )}
          {refused.map(([reason, calls]) => (
            <Text size="sm" key={reason}>
              {callsInWords(calls)}: {reason}
            </Text>
          ))}
        </Alert>
      )}
    </>
  );
}
