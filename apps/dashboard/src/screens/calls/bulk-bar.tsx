import { Button, Group, Paper, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useState } from "react";

import { ErrorBoundary } from "../../components/error-boundary.tsx";
import { lazyComponent } from "../../components/lazy-component.tsx";
import { useLoadedAhead } from "../../components/use-loaded-ahead.ts";
import { t } from "../../language/translate.ts";
import { BULK_ACTIONS, type BulkActionName, scopeOf } from "./bulk-action.ts";
import { queryOf, shownFilters } from "./calls-filter.ts";
import type { useSelection } from "./use-selection.ts";

// The first screen does not need it.
const BulkDialog = lazyComponent(async () => import("./bulk-dialog.tsx"));

interface Props {
  address: URLSearchParams;
  selection: ReturnType<typeof useSelection>;
  /** Number of calls that match the filters. */
  total: number;
  /** True if counting took too long: there are perhaps more. */
  isAtLeast: boolean;
}

/** Actions on the selected calls, at the lower edge, in reach of a thumb. */
export function BulkBar({ address, selection, total, isAtLeast }: Props) {
  const [act, setAct] = useState<BulkActionName>();
  const queries = useQueryClient();
  useLoadedAhead(BulkDialog);
  const { size, selection: chosen } = selection;
  if (size === 0) return null;
  const close = (hasRun: boolean) => {
    setAct(undefined);
    if (!hasRun) return;
    selection.clear();
    void queries.invalidateQueries({ queryKey: ["calls"] });
  };
  const isAll = chosen.isAll;
  return (
    <Paper
      className="bulk-bar"
      withBorder
      shadow="md"
      p="xs"
      role="group"
      aria-label={t("Selected calls")}
    >
      <Group gap="xs" justify="center">
        <Text size="sm" fw={600} role="status">
          {isAll ? allThatMatch(total, isAtLeast) : t("{size, number} selected", { size })}
        </Text>
        {!isAll && (total > size || isAtLeast) && (
          <Button size="compact-md" variant="subtle" onClick={selection.selectAllThatFit}>
            {isAtLeast ? t("Select all") : t("Select all {total, number}", { total })}
          </Button>
        )}
        {(Object.keys(BULK_ACTIONS) as BulkActionName[]).map((name) => (
          <Button key={name} size="compact-md" variant="default" onClick={() => setAct(name)}>
            {BULK_ACTIONS[name].label} …
          </Button>
        ))}
        <Button size="compact-md" variant="subtle" onClick={selection.clear}>
          {t("Clear")}
        </Button>
      </Group>
      {act !== undefined && (
        <ErrorBoundary>
          <Suspense>
            <BulkDialog
              act={act}
              scope={scopeOf(chosen, queryOf(address))}
              words={isAll ? scopeInWords(address) : selectedInWords(size)}
              hrefOf={isAll ? (statuses) => statusHref(address, statuses) : undefined}
              onClose={close}
            />
          </Suspense>
        </ErrorBoundary>
      )}
    </Paper>
  );
}

function allThatMatch(total: number, isAtLeast: boolean): string {
  return isAtLeast
    ? t("All calls that match: {total, number} or more", { total })
    : t("All {total, plural, one {# call} other {# calls}} that match", { total });
}

function statusHref(address: URLSearchParams, statuses: readonly string[]): string {
  const changed = new URLSearchParams(address);
  changed.set("status", statuses.join(","));
  return `/?${changed.toString()}`;
}

function selectedInWords(size: number): string {
  return t("{size, plural, one {the selected call} other {the # selected calls}}", { size });
}

function scopeInWords(address: URLSearchParams): string {
  const filters = shownFilters(address).map(
    ({ filter, value }) => `${filter.label} ${filter.show?.(value, address) ?? value}`,
  );
  return filters.length === 0
    ? t("all calls of the project")
    : t("all calls with {filters}", { filters: filters.join(", ") });
}
