import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { t } from "../../language/translate.ts";
import type { BulkTally } from "./bulk-action.ts";
import { CallLinks } from "./call-links.tsx";
import type { Undone } from "./use-bulk.ts";

interface Props {
  tally: BulkTally;
  undo: (ids: readonly string[]) => Promise<Undone>;
}

/** Undo of "call again": all of it until the first call is dialled, then what still waits. */
export function BulkUndo({ tally: { done, startsAt }, undo }: Props) {
  const queries = useQueryClient();
  const left = useSecondsUntil(startsAt);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async () => undo(done),
    onSettled: async () => queries.invalidateQueries(),
  });
  if (data !== undefined) return <Result {...data} />;
  return (
    <Group gap="sm">
      <Button variant="default" loading={isPending} onClick={() => mutate()}>
        {left > 0 ? t("Undo ({left} s)", { left }) : t("Undo what is not dialled yet")}
      </Button>
      <Text size="sm">
        {left > 0
          ? t("No phone rings before the time is up.")
          : t("Calls that were dialled can't be taken back.")}
      </Text>
      <ErrorAlert error={error} />
    </Group>
  );
}

function Result({ canceled, late }: Undone) {
  return (
    <div role="status" data-undone>
      <Text size="sm">
        {t(
          "{canceled, plural, one {# call} other {# calls}} canceled before a phone rang. To call them after all, call the canceled ones again.",
          { canceled },
        )}
      </Text>
      {late.calls > 0 && (
        <>
          <Text size="sm">
            {t(
              "{calls, plural, one {# call} other {# calls}}: too late, dialled or over before the undo",
              { calls: late.calls },
            )}
          </Text>
          <CallLinks ids={late.ids} total={late.calls} />
        </>
      )}
    </div>
  );
}

/** Whole seconds until a time, and 0 afterwards. */
function useSecondsUntil(iso: string | null): number {
  const until = iso === null ? 0 : Date.parse(iso);
  const secondsLeft = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const [left, setLeft] = useState(secondsLeft);
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsLeft()), 250);
    return () => clearInterval(timer);
  });
  return left;
}
