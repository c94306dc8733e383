import { Button, Checkbox, Group, Popover, Stack, Switch, Text, Title } from "@mantine/core";

import { AsOf } from "../../format/as-of.tsx";
import { t } from "../../language/translate.ts";
import { queryOf } from "./calls-filter.ts";
import { COLUMNS } from "./columns.tsx";
import type { Density } from "./use-density.ts";
import type { LiveState } from "./use-stream.ts";

interface Props extends TableMenuProps {
  address: URLSearchParams;
  /** Number of calls that match the filters; undefined while loading. */
  total: number | undefined;
  /** True if counting took too long: there are perhaps more. */
  isAtLeast: boolean;
  live: { state: LiveState; setWanted: (wanted: boolean) => void };
  /** Time of the rows, while they are not live; 0 while they are. */
  asOf: number;
  /** True without a choice of columns. */
  isNarrow: boolean;
}

/** Header of the table: number of calls, live switch, download, columns. */
export function CallsHeader({ address, total, isAtLeast, live, asOf, isNarrow, ...menu }: Props) {
  return (
    <Group justify="space-between">
      <Group gap="sm" align="baseline">
        <Title order={1}>{t("Calls")}</Title>
        {total !== undefined && (
          <Text size="sm" className="number">
            {isAtLeast
              ? t("{total, number} or more", { total })
              : t("{total, number} in all", { total })}
          </Text>
        )}
        <AsOf at={asOf} />
      </Group>
      <Group gap="sm">
        <Switch
          label={live.state === "connecting" ? t("Live (connecting …)") : t("Live")}
          checked={live.state !== "off"}
          onChange={(event) => live.setWanted(event.currentTarget.checked)}
          data-live={live.state}
        />
        <Button
          component="a"
          size="compact-md"
          variant="default"
          href={`/export/calls.csv?query=${encodeURIComponent(JSON.stringify(queryOf(address)))}`}
          download
        >
          CSV
        </Button>
        {!isNarrow && <TableMenu {...menu} />}
      </Group>
    </Group>
  );
}

interface TableMenuProps {
  names: string[];
  setNames: (names: string[]) => void;
  density: Density;
  setDensity: (density: Density) => void;
}

function TableMenu({ names, setNames, density, setDensity }: TableMenuProps) {
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-md" variant="default">
          {t("Columns")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Checkbox.Group value={names} onChange={setNames} aria-label={t("Columns of the table")}>
            <Stack gap="xs">
              {COLUMNS.map(({ name, label }) => (
                <Checkbox key={name} value={name} label={label} disabled={name === "when"} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Switch
            label={t("Compact rows")}
            checked={density === "compact"}
            onChange={({ currentTarget }) =>
              setDensity(currentTarget.checked ? "compact" : "comfortable")
            }
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
