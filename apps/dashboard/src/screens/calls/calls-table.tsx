import type { CallLogView } from "@call-log/model";
import { Table, UnstyledButton } from "@mantine/core";

import type { sortOf } from "./calls-filter.ts";
import type { Column } from "./columns.tsx";

interface Props {
  columns: readonly Column[];
  calls: readonly CallLogView[];
  order: ReturnType<typeof sortOf>;
  onSort: (sort: string) => void;
}

/** The table of calls; a heading sorts, the time leads to the call. */
export function CallsTable({ columns, calls, order, onSort }: Props) {
  return (
    <Table.ScrollContainer
      minWidth={columns.length * 105}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
    >
      <Table striped highlightOnHover verticalSpacing={6} aria-label="Calls">
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Heading key={column.name} column={column} order={order} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {calls.map((call) => (
            <Table.Tr key={call._id} data-call={call._id}>
              {columns.map(({ name, cell }) => (
                <Table.Td key={name}>{cell(call)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface HeadingProps extends Pick<Props, "order" | "onSort"> {
  column: Column;
}

function Heading({ column: { label, sort }, order, onSort }: HeadingProps) {
  if (sort === undefined) return <Table.Th>{label}</Table.Th>;
  const isSorted = order.column === sort;
  const isDown = isSorted && order.direction === -1;
  const arrow = isDown ? " ↓" : " ↑";
  return (
    <Table.Th {...(isSorted && { "aria-sort": isDown ? "descending" : "ascending" })}>
      <UnstyledButton fz="inherit" fw="inherit" onClick={() => onSort(isDown ? sort : `-${sort}`)}>
        {label}
        {isSorted && arrow}
      </UnstyledButton>
    </Table.Th>
  );
}
