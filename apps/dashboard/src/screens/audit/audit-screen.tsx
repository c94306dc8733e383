import { ACT_NAMES, type ActName } from "@call-log/model";
import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "wouter";

import { api } from "../../api.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Pager } from "../../components/pager.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { actTitle } from "../../words/act-words.ts";
import { permissionName } from "../../words/permission-words.ts";
import { type AuditFilter, auditFilterIn, auditQuery, paramsOfFilter } from "./audit-query.ts";
import { AuditTable } from "./audit-table.tsx";

const PAGE = 25;
const ACT_OPTIONS = ACT_NAMES.map((act) => ({ value: act, label: actTitle(act) }));

/** The audit trail, newest first: of the project, or of the installation for an operator. */
export default function AuditScreen() {
  const { may, permissions } = useSignedIn();
  const [params, setParams] = useSearchParams();
  const filter = auditFilterIn(params);
  // Cursors of the previous pages and of this one; the first page has none.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const isOperator = may.includes("operate");
  const isAllowed = isOperator || may.includes("administer");
  const { data, error, isPending } = useAuditPage({ isOperator, isAllowed, filter, cursors });
  if (!isAllowed)
    return (
      <EmptyState>
        {t("Your key may not read the audit trail: {permissions}.", {
          permissions: permissions.map(permissionName).join(", "),
        })}
      </EmptyState>
    );
  const change = (changed: Partial<AuditFilter>) => {
    setCursors([]);
    setParams(paramsOfFilter({ ...filter, ...changed }));
  };
  const { nextCursor } = data ?? {};
  return (
    <Stack maw={1400}>
      <ScreenTitle>{t("Audit")}</ScreenTitle>
      <Text size="sm">
        {isOperator
          ? t("Acts on the installation, and acts of operators on projects.")
          : t("Who did what in this project.")}
      </Text>
      <Filters filter={filter} onChange={change} />
      <ErrorAlert error={error} />
      {isPending && <Loading h={240} />}
      {data && (data.data.length > 0 || nextCursor === undefined) && (
        <AuditTable lines={data.data} />
      )}
      {data && (
        <Pager
          count={data.count}
          words={linesInWords(data)}
          cursors={cursors}
          next={nextCursor}
          onTurn={setCursors}
        />
      )}
    </Stack>
  );
}

function linesInWords({ count, countedFrom }: { count: number; countedFrom?: string }): string {
  return countedFrom === undefined
    ? t("{count, plural, one {# line} other {# lines}}", { count })
    : t("{count, number} lines or more", { count });
}

interface Asked {
  isOperator: boolean;
  isAllowed: boolean;
  filter: AuditFilter;
  cursors: readonly string[];
}

function useAuditPage({ isOperator, isAllowed, filter, cursors }: Asked) {
  return useQuery({
    queryKey: ["audit", isOperator, filter, cursors],
    queryFn: ({ signal }) => {
      const cursor = cursors.at(-1);
      const asked = {
        query: auditQuery(filter),
        limit: PAGE,
        inParts: true,
        ...(cursor && { cursor }),
      };
      const { list, listInstallation } = api.audit;
      return (isOperator ? listInstallation : list).query(asked, { signal });
    },
    enabled: isAllowed,
  });
}

function Filters({
  filter,
  onChange,
}: {
  filter: AuditFilter;
  onChange: (changed: Partial<AuditFilter>) => void;
}) {
  const [who, setWho] = useState(filter.who);
  return (
    <Group
      align="end"
      component="form"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        onChange({ who });
      }}
    >
      <Select
        label={t("Act")}
        placeholder={t("All acts")}
        data={ACT_OPTIONS}
        value={filter.act}
        clearable
        searchable
        onChange={(act) => onChange({ act: act as ActName | null })}
      />
      <TextInput
        label={t("Who")}
        placeholder={t("Name or id")}
        value={who}
        onChange={(event) => setWho(event.currentTarget.value)}
      />
      <Button type="submit" variant="default">
        {t("Filter")}
      </Button>
    </Group>
  );
}
