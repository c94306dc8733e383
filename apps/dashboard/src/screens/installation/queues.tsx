import { Table, Text } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import { tenthText } from "../../language/local-format.ts";
import { t } from "../../language/translate.ts";
import type { Installation } from "./installation.ts";

const HEADINGS = [t("Queue"), t("Waiting"), t("Oldest"), t("Active"), t("For later"), t("Failed")];

/** Length of each queue, and age of its oldest job. */
export function Queues({ queues }: { queues: Installation["queues"] }) {
  return (
    <Panel title={t("Queues")}>
      {queues.length === 0 && <Text size="sm">{t("Unknown while Redis is away.")}</Text>}
      {queues.length > 0 && (
        <Table.ScrollContainer minWidth={320} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label={t("Queues")} verticalSpacing={6} horizontalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                {HEADINGS.map((label) => (
                  <Table.Th key={label} fz="xs" style={{ verticalAlign: "bottom" }}>
                    {label}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {queues.map(({ name, waiting, oldestSeconds, active, delayed, failed }) => (
                <Table.Tr key={name}>
                  <Table.Td style={{ whiteSpace: "nowrap" }}>{name}</Table.Td>
                  <Table.Td className="number">{waiting}</Table.Td>
                  <Table.Td className="number">
                    {oldestSeconds === null ? "–" : `${tenthText(oldestSeconds)} s`}
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
