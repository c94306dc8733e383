import { Table, Text } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import type { Installation } from "./installation.ts";

const HEADINGS = ["Queue", "Waiting", "Oldest", "Active", "For later", "Failed"];

/** Length of each queue, and age of its oldest job. */
export function Queues({ queues }: { queues: Installation["queues"] }) {
  return (
    <Panel title="Queues">
      {queues.length === 0 && <Text size="sm">Unknown while Redis is away.</Text>}
      {queues.length > 0 && (
        <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label="Queues" verticalSpacing={6} horizontalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                {HEADINGS.map((label) => (
                  <Table.Th key={label}>{label}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {queues.map(({ name, waiting, oldestSeconds, active, delayed, failed }) => (
                <Table.Tr key={name}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td className="number">{waiting}</Table.Td>
                  <Table.Td className="number">
                    {oldestSeconds === null ? "–" : `${oldestSeconds.toFixed(1)} s`}
                  </Table.Td>
                  <Table.Td className="number">{active}</Table.Td>
                  <Table.Td className="number">{delayed}</Table.Td>
                  <Table.Td className="number">{failed}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}
