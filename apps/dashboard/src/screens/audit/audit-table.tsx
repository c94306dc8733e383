import { Anchor, Table, Text } from "@mantine/core";
import { Link } from "wouter";

import type { Outputs } from "../../api.ts";

import "./audit-table.css";
import { DataTable } from "../../components/data-table.tsx";
import { Moment } from "../../components/moment.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { dayTime } from "../../format/time.ts";
import { t } from "../../language/translate.ts";
import { resultName } from "../../words/act-words.ts";
import { auditSentence } from "../../words/audit-sentence.ts";
import { rawFacts } from "../../words/raw-facts.ts";

type Line = Outputs["audit"]["list"]["data"][number];

/** Lines of the audit trail. */
export function AuditTable({ lines }: { lines: readonly Line[] }) {
  if (lines.length === 0) return <Text>{t("No line matches.")}</Text>;
  return (
    <DataTable label={t("Audit trail")} minWidth={700} density="compact" className="audit-lines">
      <Table.Thead>
        <Table.Tr>
          {[t("Time"), t("What was done"), t("From address")].map((label) => (
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
  const { createdAt, address, act, result, target } = line;
  return (
    <Table.Tr data-act={act}>
      <Table.Td className="audit-time">
        <Moment iso={createdAt} format={dayTime} />
      </Table.Td>
      <Table.Td className="audit-act">
        <Text size="sm" dir="auto" span>
          {auditSentence(line)}
        </Text>{" "}
        {result !== "done" && (
          <StateBadge tone="bad" size="xs">
            {resultName(result)}
          </StateBadge>
        )}{" "}
        {target?.kind === "call-log" && (
          <Anchor component={Link} href={`/calls/${target.id}`} size="sm" underline="always">
            {t("Show the call")}
          </Anchor>
        )}
        <RawFacts line={line} />
      </Table.Td>
      <Table.Td className="number audit-address">{address ?? "–"}</Table.Td>
    </Table.Tr>
  );
}

// Kinds, fields and values as the trail keeps them, in every language.
function RawFacts({ line }: { line: Line }) {
  const { actor, target } = line;
  const lines = [
    ...(actor.id === undefined ? [] : [`${actor.kind} ${actor.id}`]),
    ...(target === undefined ? [] : [`${target.kind} ${target.id}`]),
    ...rawFacts(line).map(([name, value]) => `${name}: ${value}`),
  ];
  if (lines.length === 0) return null;
  return (
    <details>
      <Text component="summary" size="xs" c="dimmed">
        {t("Raw facts")}
      </Text>
      <div data-raw>
        {lines.map((text) => (
          <Text key={text} size="xs" dir="auto" className="number">
            {text}
          </Text>
        ))}
      </div>
    </details>
  );
}
