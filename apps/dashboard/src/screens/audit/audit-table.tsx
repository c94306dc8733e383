import { Badge, Table, Text } from "@mantine/core";
import { Link } from "wouter";

import type { Outputs } from "../../api.ts";

import "./audit-table.css";
import { DataTable } from "../../components/data-table.tsx";
import { Moment } from "../../components/moment.tsx";
import { t } from "../../language/translate.ts";
import { actTitle, resultName } from "../../words/act-words.ts";
import { actorName } from "../../words/actor-words.ts";
import { valueText } from "./audit-query.ts";

type Line = Outputs["audit"]["list"]["data"][number];

/** Lines of the audit trail. */
export function AuditTable({ lines }: { lines: readonly Line[] }) {
  if (lines.length === 0) return <Text>{t("No line matches.")}</Text>;
  return (
    <DataTable label={t("Audit trail")} minWidth={700} density="compact" className="audit-lines">
      <Table.Thead>
        <Table.Tr>
          {[t("Time"), t("Who"), t("Address"), t("Act"), t("Target"), t("Changes")].map((label) => (
            <Table.Th key={label}>{label}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map((line) => (
          <Row key={line._id} line={line} />
        ))}
      </Table.Tbody>
    </DataTable>
  );
}

function Row({ line }: { line: Line }) {
  const { createdAt, actor, address, act, result, target } = line;
  return (
    <Table.Tr data-act={act}>
      <Table.Td className="audit-time">
        <Moment iso={createdAt} />
      </Table.Td>
      <Table.Td dir="auto" className="audit-who">
        {actorName(actor)}
      </Table.Td>
      <Table.Td className="number audit-address">{address ?? "–"}</Table.Td>
      <Table.Td className="audit-act">
        {actTitle(act)}{" "}
        {result !== "done" && (
          <Badge size="xs" color="red" variant="outline" c="var(--mantine-color-text)">
            {resultName(result)}
          </Badge>
        )}
      </Table.Td>
      {/* Kinds, fields and values as the trail keeps them, in every language. */}
      <Table.Td className="audit-target" data-raw>
        {target && <Target target={target} />}
      </Table.Td>
      <Table.Td style={{ overflowWrap: "anywhere" }} data-raw>
        <Changes line={line} />
      </Table.Td>
    </Table.Tr>
  );
}

function Target({ target: { kind, id } }: { target: NonNullable<Line["target"]> }) {
  if (kind !== "call-log") return <>{`${kind} ${id}`}</>;
  return <Link href={`/calls/${id}`}>{t("call {id}", { id })}</Link>;
}

function Changes({ line: { changes, facts = {} } }: { line: Line }) {
  return (
    <>
      {changes.map(({ field, from, to }) => (
        <Text key={field} size="sm" dir="auto">
          {field}: {valueText(from)} → {valueText(to)}
        </Text>
      ))}
      {Object.entries(facts).map(([name, value]) => (
        <Text key={name} size="sm" dir="auto">
          {name}: {Array.isArray(value) && value.length > 3 ? value.length : valueText(value)}
        </Text>
      ))}
    </>
  );
}
