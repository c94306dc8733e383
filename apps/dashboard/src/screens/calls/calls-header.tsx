import { Button, Checkbox, Group, Menu, Stack, Text, Title } from "@mantine/core";

import { queryOf } from "./calls-filter.ts";
import { COLUMNS } from "./columns.tsx";

interface Props {
  address: URLSearchParams;
  /** How many calls the filters show; undefined while it is counted. */
  total: number | undefined;
  names: string[];
  setNames: (names: string[]) => void;
}

/** What stands over the table: how many there are, all of them as a file, and which columns. */
export function CallsHeader({ address, total, names, setNames }: Props) {
  return (
    <Group justify="space-between">
      <Group gap="sm" align="baseline">
        <Title order={1} size="h3">
          Calls
        </Title>
        {total !== undefined && (
          <Text size="sm" aria-live="polite">
            {total.toLocaleString("en")} in all
          </Text>
        )}
      </Group>
      <Group gap="xs">
        <Button
          component="a"
          size="compact-md"
          variant="default"
          href={`/export/calls.csv?query=${encodeURIComponent(JSON.stringify(queryOf(address)))}`}
          download
        >
          CSV
        </Button>
        <ColumnMenu names={names} setNames={setNames} />
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
        <Checkbox.Group value={names} onChange={setNames}>
          <Stack gap="xs">
            {COLUMNS.map(({ name, label }) => (
              <Checkbox key={name} value={name} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Menu.Dropdown>
    </Menu>
  );
}
