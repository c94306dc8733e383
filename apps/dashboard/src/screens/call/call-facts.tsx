import { RELATION_NAMES } from "@call-log/model";
import { Table } from "@mantine/core";
import type { ReactNode } from "react";

import type { CallLogView } from "../../call/call-view.ts";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";
import { dayTime } from "../../format/time.ts";
import { t } from "../../language/translate.ts";
import { relationTitle } from "../../words/relation-words.ts";

/** Facts about a call except its attempts: related resources, times, tags, ids. */
export function CallFacts({ call }: { call: CallLogView }) {
  const facts: [label: string, value: ReactNode][] = [
    ...relatedOf(call),
    [t("Requested"), time(call.createdAt)],
    [t("Scheduled for"), time(call.scheduledAt)],
    [t("Deadline"), time(call.deadlineAt)],
    [t("Acknowledged"), time(call.acknowledgedAt)],
    [t("Last change"), time(call.updatedAt)],
    [t("Tags"), call.tags?.join(", ")],
    [t("Idempotency key"), call.idempotencyKey],
    [t("Call log id"), call._id],
  ];
  return (
    <Panel title={t("Facts")}>
      <Table aria-label={t("Facts")} verticalSpacing={4} layout="auto">
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
    return [[relationTitle(name), text ? `${text} (${related._id})` : related._id]];
  });
}

function time(iso: string | null | undefined): ReactNode {
  return iso && <Moment iso={iso} format={dayTime} />;
}
