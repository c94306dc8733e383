import { Table } from "@mantine/core";
import { useState } from "react";

import { t } from "../../language/translate.ts";
import type { ChartProps } from "./chart-data.ts";
import { writtenIn } from "./value-text.ts";

/** The numbers of a chart as a table, for who can't see it or wants to read them exactly. */
export function ChartTable(
  props: Pick<ChartProps, "title" | "unit" | "series" | "points" | "format">,
) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("Show as a table")}</summary>
      {isOpen && <Rows {...props} />}
    </details>
  );
}

function Rows({ title, unit, series, points, format }: Parameters<typeof ChartTable>[0]) {
  const write = writtenIn(format);
  return (
    <div
      className="chart-rows"
      tabIndex={0}
      role="region"
      aria-label={t("{title}, as a table", { title })}
    >
      <Table verticalSpacing={4} aria-label={`${title}, ${unit}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{unit}</Table.Th>
            {series.map(({ key, label }) => (
              <Table.Th key={key} ta="end">
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {points.map(({ key, label, values }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">{label}</Table.Th>
              {series.map(({ key: name }) => (
                <Table.Td key={name} ta="end">
                  {write(values[name])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
