import { Alert, Progress, Text } from "@mantine/core";

import { answeredOf, type BulkAction, type BulkActionName, callsInWords } from "./bulk-action.ts";
import { BulkUndo } from "./bulk-undo.tsx";
import { CallLinks } from "./call-links.tsx";
import type { useBulk } from "./use-bulk.ts";

interface Props {
  bulk: Pick<ReturnType<typeof useBulk>, "tally" | "state" | "undo">;
  total: number;
  act: BulkAction & { name: BulkActionName };
}

/** Progress and result of an action on many calls: done, already done, refused. */
export function BulkProgress({ bulk: { tally, state, undo }, total, act }: Props) {
  const { done, before } = tally;
  const refused = Object.entries(tally.refused);
  const answered = answeredOf(tally);
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
          color={done.length === answered && answered > 0 ? "good" : "warn"}
          variant="light"
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
          {refused.map(([reason, { calls, ids }]) => (
            <div key={reason}>
              <Text size="sm">
                {callsInWords(calls)}: {reason}
              </Text>
              <CallLinks ids={ids} total={calls} />
            </div>
          ))}
        </Alert>
      )}
      {state !== "running" && act.name === "retry" && done.length > 0 && (
        <BulkUndo tally={tally} undo={undo} />
      )}
    </>
  );
}
