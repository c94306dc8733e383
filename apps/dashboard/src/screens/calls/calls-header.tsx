import { Button, Checkbox, Group, Menu, Stack, Switch, Text, Title } from "@mantine/core";

import { AsOf } from "../../format/as-of.tsx";
import { queryOf } from "./calls-filter.ts";
import { COLUMNS } from "./columns.tsx";
import type { LiveState } from "./use-stream.ts";

interface Props {
  address: URLSearchParams;
  /** Number of calls that match the filters; undefined while loading. */
  total: number | undefined;
  names: string[];
  setNames: (names: string[]) => void;
  live: { state: LiveState; setWanted: (wanted: boolean) => void };
  /** Time of the rows, while they are not live; 0 while they are. */
  asOf: number;
  /** True without a choice of columns. */
  isNarrow: boolean;
}

/** Header of the table: number of calls, live switch, download, columns. */
export function CallsHeader({ address, total, names, setNames, live, asOf, isNarrow }: Props) {
  return (
    <Group justify="space-between">
      <Group gap="sm" align="baseline">
        <Title order={1} size="h3">
          Calls
        </Title>
        {total !== undefined && (
          <Text size="sm" className="number">
            {total.toLocaleString("en")} in all
          </Text>
        )}
        <AsOf at={asOf} />
      </Group>
      <Group gap="sm">
        <Switch
          label={live.state === "connecting" ? "Live (connecting …)" : "Live"}
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
        {!isNarrow && <ColumnMenu names={names} setNames={setNames} />}
      </Group>
    </Group>
  );
}

function ColumnMenu({ names, setNames }: { names: string[]; setNames: (names: string[]) => void }) {
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button size="compact-md" variant="default">
          Columns
        </Button>
      </Menu.Target>
      <Menu.Dropdown p="xs">
        <Checkbox.Group value={names} onChange={setNames} aria-label="Columns of the table">
          <Stack gap="xs">
            {COLUMNS.map(({ name, label }) => (
              <Checkbox key={name} value={name} label={label} disabled={name === "when"} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Menu.Dropdown>
    </Menu>
  );
}
