import { Checkbox, Table, UnstyledButton } from "@mantine/core";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { memo, useRef } from "react";

import { t } from "../../language/translate.ts";
import type { sortOf } from "./calls-filter.ts";
import { RowBox, rowKeys, type RowProps, type RowsProps, useRowClick } from "./calls-rows.tsx";
import { CellFilter } from "./cell-filter.tsx";
import { BOX_WIDTH, type Column, leastWidth } from "./columns.tsx";
import type { AddressProps } from "./use-address.ts";
import type { Density } from "./use-density.ts";
import { useHeadTop } from "./use-head-top.ts";

interface Props extends RowsProps, AddressProps {
  density: Density;
  columns: readonly Column[];
  order: ReturnType<typeof sortOf>;
  onSort: (sort: string) => void;
  onToggleAll: () => void;
}

/** The table of calls; a heading sorts, a row opens its call. Its head stays in sight while the table fits. */
export function CallsTable({ columns, calls, density, address, set, ...props }: Props) {
  const { selected, gone, onToggle } = props;
  const box = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const least = leastWidth(columns, onToggle !== undefined);
  const fits = width === 0 || width >= least;
  useHeadTop(box);
  return (
    <div
      ref={useMergedRef(box, sizeRef)}
      className="table-box"
      data-fits={fits || undefined}
      {...(!fits && { tabIndex: 0, role: "region", "aria-label": t("Calls, to scroll sideways") })}
    >
      <Table
        highlightOnHover
        layout="fixed"
        miw={least}
        verticalSpacing={density === "compact" ? 2 : 8}
        fz={density === "compact" ? "xs" : "sm"}
        aria-label={t("Calls")}
        className="calls"
        data-density={density}
      >
        <Head {...props} columns={columns} calls={calls} />
        <Table.Tbody>
          {calls.map((call) => (
            <Row
              key={call._id}
              call={call}
              columns={columns}
              isSelected={selected.has(call._id)}
              isGone={gone.has(call._id)}
              onToggle={onToggle}
            />
          ))}
        </Table.Tbody>
      </Table>
      <CellFilter box={box} calls={calls} columns={columns} address={address} set={set} />
    </div>
  );
}

type CellsProps = Pick<RowProps, "call" | "onToggle"> & Pick<Props, "columns">;

const Row = memo(function Row({ columns, isGone, ...props }: RowProps & CellsProps) {
  const { call, isSelected, onToggle } = props;
  const onRowClick = useRowClick();
  return (
    <Table.Tr
      data-call={call._id}
      data-gone={isGone || undefined}
      data-selected={isSelected || undefined}
      onClick={onRowClick(call._id)}
    >
      {onToggle !== undefined && (
        <Table.Td>
          <RowBox {...props} />
        </Table.Td>
      )}
      <Cells call={call} columns={columns} onToggle={onToggle} />
    </Table.Tr>
  );
});

const Cells = memo(function Cells({ call, columns, onToggle }: CellsProps) {
  return columns.map(({ name, cell, isNumber }) => (
    <Table.Td key={name} ta={isNumber ? "end" : undefined} data-column={name}>
      {cell(call, rowKeys(call._id, onToggle))}
    </Table.Td>
  ));
});

type HeadProps = Omit<Props, "density" | keyof AddressProps>;

function Head({ columns, calls, order, onSort, onToggleAll, selected, onToggle }: HeadProps) {
  const areAll = calls.every(({ _id }) => selected.has(_id));
  return (
    <Table.Thead>
      <Table.Tr>
        {onToggle !== undefined && (
          <Table.Th w={BOX_WIDTH}>
            <Checkbox
              aria-label={t("Select all shown calls")}
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
  );
}

interface HeadingProps extends Pick<Props, "order" | "onSort"> {
  column: Column;
}

function Heading({ column: { label, mark, sort, isNumber, width }, order, onSort }: HeadingProps) {
  const align = isNumber ? "end" : undefined;
  if (sort === undefined)
    return (
      <Table.Th ta={align} w={width}>
        {label}
      </Table.Th>
    );
  const isSorted = order.column === sort;
  const isDown = isSorted && order.direction === -1;
  const arrow = isDown ? " ↓" : " ↑";
  return (
    <Table.Th
      ta={align}
      w={width}
      {...(isSorted && { "aria-sort": isDown ? "descending" : "ascending" })}
    >
      <UnstyledButton
        fz="inherit"
        fw="inherit"
        className="heading"
        onClick={() => onSort(isDown ? sort : `-${sort}`)}
      >
        {label}
        {isSorted && arrow}
      </UnstyledButton>
      {mark}
    </Table.Th>
  );
}
