import { NativeSelect, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Pager } from "../../components/pager.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { permissionName } from "../../words/permission-words.ts";
import { DEAD_LETTERS, type Listed, useDeadLetters } from "./dead-letters.ts";
import { RefusedTable } from "./refused-table.tsx";

const PAGE = 25;
const LABELS = {
  open: t("Open"),
  replayed: t("Replayed"),
  dropped: t("Dropped"),
  all: t("All"),
} as const satisfies Record<Listed, string>;

/** Refused call requests of the queue, newest first, with reason and actions. */
export default function RefusedScreen() {
  const { permissions } = useSignedIn();
  const { isOperator, isReadable, letters } = useDeadLetters();
  const [state, setState] = useState<Listed>("open");
  // Cursors of the previous pages and of this one; the first page has none.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const { data, error, isPending } = useQuery({
    queryKey: [...DEAD_LETTERS, isOperator, state, cursors],
    queryFn: ({ signal }) => {
      const cursor = cursors.at(-1);
      return letters.list.query({ state, limit: PAGE, ...(cursor && { cursor }) }, { signal });
    },
    enabled: isReadable,
  });
  if (!isReadable)
    return (
      <EmptyState>
        {t("Your key may not read refused requests: {permissions}.", {
          permissions: permissions.map(permissionName).join(", "),
        })}
      </EmptyState>
    );
  return (
    <Stack maw={1400}>
      <ScreenTitle>{t("Refused requests")}</ScreenTitle>
      <Text size="sm">
        {isOperator
          ? t("Call requests from the queue that name no existing project. Nobody was called.")
          : t("Call requests from the queue that were refused. Nobody was called.")}
      </Text>
      <NativeSelect
        label={t("State")}
        w={200}
        maw="100%"
        value={state}
        data={Object.entries(LABELS).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          setCursors([]);
          setState(event.currentTarget.value as Listed);
        }}
      />
      <ErrorAlert error={error} />
      {isPending && <Loading h={240} />}
      {data && <RefusedTable letters={data.data} state={state} />}
      {data && (
        <Pager
          count={data.count}
          words={t("{count, plural, one {# request} other {# requests}}", { count: data.count })}
          cursors={cursors}
          next={data.nextCursor}
          onTurn={setCursors}
        />
      )}
    </Stack>
  );
}
