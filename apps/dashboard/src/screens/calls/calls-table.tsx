import { Checkbox, Table, UnstyledButton } from "@mantine/core";

import type { sortOf } from "./calls-filter.ts";
import { RowBox, rowKeys, type RowsProps, useRowClick } from "./calls-rows.tsx";
import type { Column } from "./columns.tsx";

interface Props extends RowsProps {
  columns: readonly Column[];
  order: ReturnType<typeof sortOf>;
  onSort: (sort: string) => void;
  onToggleAll: () => void;
}

/** The table of calls; a heading sorts, a row opens its call. */
export function CallsTable({ columns, calls, order, onSort, onToggleAll, ...rows }: Props) {
  const { selected, gone, onToggle } = rows;
  const onRowClick = useRowClick();
  const areAll = calls.every(({ _id }) => selected.has(_id));
  return (
    <Table.ScrollContainer
      minWidth={columns.length * 105}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
    >
      <Table highlightOnHover verticalSpacing={8} aria-label="Calls" className="calls">
        <Table.Thead>
          <Table.Tr>
            {onToggle !== undefined && (
              <Table.Th w={40}>
                <Checkbox
                  aria-label="Select all shown calls"
                  checked={areAll}
                  indeterminate={!areAll && selected.size > 0}
                  onChange={onToggleAll}
                />
              </Table.Th>
            )}
            {columns.map((column) => (
              <Heading key={column.name} column={column} order={order} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {calls.map((call) => (
            <Table.Tr
              key={call._id}
              data-call={call._id}
              data-gone={gone.has(call._id) || undefined}
              data-selected={selected.has(call._id) || undefined}
              onClick={onRowClick(call._id)}
            >
              {onToggle !== undefined && (
                <Table.Td>
                  <RowBox call={call} selected={selected} onToggle={onToggle} />
                </Table.Td>
              )}
              {columns.map(({ name, cell, isNumber }) => (
                <Table.Td key={name} ta={isNumber ? "end" : undefined}>
                  {cell(call, rowKeys(call._id, onToggle))}
                </Table.Td>
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

function Heading({ column: { label, sort, isNumber }, order, onSort }: HeadingProps) {
  const align = isNumber ? "end" : undefined;
  if (sort === undefined) return <Table.Th ta={align}>{label}</Table.Th>;
  const isSorted = order.column === sort;
  const isDown = isSorted && order.direction === -1;
  const arrow = isDown ? " ↓" : " ↑";
  return (
    <Table.Th ta={align} {...(isSorted && { "aria-sort": isDown ? "descending" : "ascending" })}>
      <UnstyledButton
        fz="inherit"
        fw="inherit"
        className="heading"
        onClick={() => onSort(isDown ? sort : `-${sort}`)}
      >
        {label}
        {isSorted && arrow}
      </UnstyledButton>
    </Table.Th>
  );
}
