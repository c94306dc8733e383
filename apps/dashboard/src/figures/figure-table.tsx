import type { FigureDimension, FigureGroup } from "@call-log/model";
import { Anchor, Button, Group, Table, Text } from "@mantine/core";
import { Link } from "wouter";

import { DataTable } from "../components/data-table.tsx";
import { Panel } from "../components/panel.tsx";
import { t } from "../language/translate.ts";
import { callsOfGroup, hourOfDayAddress, type LinkContext, sharersOf } from "./calls-of-group.ts";
import type { FigureColumn } from "./figure-columns.tsx";
import { BEHIND_BY, DIMENSION_NAMES, groupName } from "./group-name.ts";

/** Most rows of a table; the file has all of them. */
const MOST_ROWS = 400;
/** Least width of the groups' names, in pixels: a day fits on one line. */
const FIRST_WIDTH = 124;

interface Props {
  by: FigureDimension;
  groups: readonly FigureGroup[];
  columns: readonly FigureColumn[];
  context: LinkContext;
  /** Address of the table as CSV; none while it is being counted. */
  csv: string | undefined;
  /** What the table is of. @defaultValue "Figures" */
  of?: string;
  /** Groups of the other range by their key. */
  compared?: ReadonlyMap<string, FigureGroup> | undefined;
}

/** Figures by one dimension: a row a group, which leads to its calls, and the table as a file. */
export function FigureTable(props: Props) {
  const { by, groups, columns, context, csv, of = t("Figures"), compared } = props;
  const name = BEHIND_BY[by];
  const shown = groups.slice(0, MOST_ROWS);
  return (
    <Panel
      title={t("By {name}", { name })}
      aside={
        csv && (
          <Button component="a" href={csv} download size="compact-sm" variant="default">
            {t("CSV by {name}", { name })}
          </Button>
        )
      }
    >
      <DataTable
        label={t("{of} by {name}", { of, name })}
        minWidth={FIRST_WIDTH + columns.length * 72}
        density="compact"
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={FIRST_WIDTH}>{DIMENSION_NAMES[by]}</Table.Th>
            {columns.map(({ label, mark }) => (
              <Table.Th key={label} ta="end">
                {label}
                {mark}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((group) => (
            <Table.Tr key={group.key} data-group={group.key}>
              <Table.Th scope="row" fw={400}>
                <GroupLink {...{ by, group, groups, context }} />
              </Table.Th>
              {columns.map(({ label, cell }) => (
                <Table.Td key={label} ta="end" className="number">
                  {cell(group, compared?.get(group.key))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
      {groups.length > MOST_ROWS && (
        <Text size="sm">
          {t("{count, number} more rows are in the CSV file.", {
            count: groups.length - MOST_ROWS,
          })}
        </Text>
      )}
    </Panel>
  );
}

interface GroupLinkProps extends Pick<Props, "by" | "groups" | "context"> {
  group: FigureGroup;
}

function GroupLink({ by, group, groups, context }: GroupLinkProps) {
  const name = groupName(by, group);
  const address =
    by === "hourOfDay" ? hourOfDayAddress(group.key, context) : callsOfGroup(by, group, context);
  if (address === undefined) return name;
  const sharers = by === "country" ? sharersOf(group.key, groups) : [];
  return (
    <Group gap={4}>
      <Anchor component={Link} href={address} size="sm" underline="always">
        {name}
      </Anchor>
      {sharers.length > 0 && (
        <Text size="xs" c="dimmed" span>
          {t("The link finds the calls of {countries}, too: they share the calling code.", {
            countries: sharers.join(", "),
          })}
        </Text>
      )}
    </Group>
  );
}
