import { RELATION_NAMES, RELATIONS } from "@call-log/model";
import { Table } from "@mantine/core";
import type { ReactNode } from "react";

import type { CallLogView } from "../../call/call-view.ts";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";

/** Facts about a call except its attempts: related resources, times, tags, ids. */
export function CallFacts({ call }: { call: CallLogView }) {
  const facts: [label: string, value: ReactNode][] = [
    ...relatedOf(call),
    ["Requested", time(call.createdAt)],
    ["Scheduled for", time(call.scheduledAt)],
    ["Deadline", time(call.deadlineAt)],
    ["Acknowledged", time(call.acknowledgedAt)],
    ["Last change", time(call.updatedAt)],
    ["Tags", call.tags?.join(", ")],
    ["Idempotency key", call.idempotencyKey],
    ["Call log id", call._id],
  ];
  return (
    <Panel title="Facts">
      <Table aria-label="Facts" verticalSpacing={4} layout="auto">
        <Table.Tbody>
          {facts
            .filter(([, value]) => Boolean(value))
            .map(([label, value]) => (
              <Table.Tr key={label}>
                <Table.Th w={130}>{label}</Table.Th>
                <Table.Td dir="auto" style={{ overflowWrap: "anywhere" }}>
                  {value}
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function relatedOf(call: CallLogView): [string, string][] {
  return RELATION_NAMES.flatMap((name) => {
    const related = call[name];
    if (!related) return [];
    const text = related.title ?? related.name ?? related.email;
    return [[RELATIONS[name].title, text ? `${text} (${related._id})` : related._id]];
  });
}

function time(iso: string | null | undefined): ReactNode {
  return iso && <Moment iso={iso} />;
}
