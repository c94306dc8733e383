import { Alert, Progress, Text } from "@mantine/core";

import { t } from "../../language/translate.ts";
import { refusalReason } from "../../words/reason-words.ts";
import { answeredOf, type BulkAction, type BulkActionName } from "./bulk-action.ts";
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
      <Progress value={percent} aria-label={t("Progress")} animated={state === "running"} />
      <Text role="status">
        {state === "stopped"
          ? t("{answered, number} of {total, plural, one {# call} other {# calls}}, then stopped", {
              answered,
              total,
            })
          : t("{answered, number} of {total, plural, one {# call} other {# calls}}", {
              answered,
              total,
            })}
      </Text>
      {state !== "running" && (
        <Alert
          color={done.length === answered && answered > 0 ? "good" : "warn"}
          variant="light"
          title={act.done(done.length)}
          data-result
        >
          <CallLinks ids={done} />
          {before.length > 0 && (
            <>
              <Text size="sm">
                {t(
                  "{calls, plural, one {# call} other {# calls}}: already called again, so nothing was dialled",
                  { calls: before.length },
                )}
              </Text>
              <CallLinks ids={before} />
            </>
          )}
          {refused.map(([reason, { calls, ids }]) => (
            <div key={reason}>
              <Text size="sm">
                {t("{calls, plural, one {# call} other {# calls}}: {reason}", {
                  calls,
                  reason: refusalReason(reason),
                })}
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
