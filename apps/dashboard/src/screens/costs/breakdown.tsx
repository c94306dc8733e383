import { dollars } from "@call-log/model";
import { Anchor, Table, Text } from "@mantine/core";
import { Link } from "wouter";

import type { Outputs } from "../../api.ts";
import { Panel } from "../../components/panel.tsx";

type Sums = Outputs["callLog"]["stats"];

/** Sums over a group of calls. */
export type CostGroup = NonNullable<Sums["groups"]["day"]>[number];

interface Props {
  title: string;
  groups: readonly CostGroup[];
  /** Name of a group; its key by default. */
  nameOf?: (key: string) => string;
  /** Address of the list of a group's calls, if the list has such a filter. */
  listOf?: (key: string) => string;
}

/** A table of costs by one dimension; a row links to its calls. */
export function Breakdown({ title, groups, nameOf = (key) => key, listOf }: Props) {
  return (
    <Panel title={`By ${title.toLowerCase()}`}>
      <Table.ScrollContainer minWidth={260} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing={4} aria-label={`Costs by ${title.toLowerCase()}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{title}</Table.Th>
              {["Calls", "Cost"].map((label) => (
                <Table.Th key={label} ta="right">
                  {label}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {groups.map((group) => (
              <Table.Tr key={group.key}>
                <Table.Td>
                  {listOf === undefined || group.key === "" ? (
                    nameOf(group.key) || "none"
                  ) : (
                    <Anchor component={Link} href={listOf(group.key)} size="sm" underline="always">
                      {nameOf(group.key)}
                    </Anchor>
                  )}
                </Table.Td>
                <Table.Td className="number" ta="right">
                  {group.calls.toLocaleString("en")}
                </Table.Td>
                <Table.Td className="number" ta="right">
                  {dollars(group.costInUSDCents)}
                  <Pending count={group.pricesPending} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

function Pending({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Text span size="sm">
      {" "}
      + {count.toLocaleString("en")} pending
    </Text>
  );
}
