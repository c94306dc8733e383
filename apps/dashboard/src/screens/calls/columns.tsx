import { Group, Text } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";
import { Link } from "wouter";

import { CallMoney } from "../../call/call-money.tsx";
import type { CallLogView } from "../../call/call-view.ts";
import { CalledAgainMark } from "../../call/called-again.tsx";
import { StatusPill } from "../../call/status-pill.tsx";
import { WaitReason } from "../../call/wait-reason.tsx";
import { Why } from "../../call/why.tsx";
import { Moment } from "../../components/moment.tsx";
import { SimulatedMark } from "../../components/money.tsx";
import { dayTime } from "../../format/time.ts";
import { t, tIn } from "../../language/translate.ts";
import { answeredByName } from "../../words/answered-words.ts";
import type { Sortable } from "./calls-filter.ts";

/** One column of the table. */
export interface Column {
  name: string;
  label: string;
  /** Behind the label in the head. */
  mark?: ReactNode;
  sort?: Sortable;
  /** Shown by default. */
  usual?: true;
  /** Width in pixels; absent for columns that share the rest of the width. */
  width?: number;
  /** True for numbers, which are right-aligned. */
  isNumber?: true;
  /** `onKeyDown` is for the link that stands for the row. */
  cell: (call: CallLogView, onKeyDown: (event: KeyboardEvent<HTMLElement>) => void) => ReactNode;
}

/** Every column, in the order of the table. */
export const COLUMNS: readonly Column[] = [
  {
    name: "when",
    label: t("Requested"),
    sort: "createdAt",
    usual: true,
    width: 172,
    cell: ({ _id, createdAt }, onKeyDown) => (
      <Link href={`/calls/${_id}`} className="row-link" onKeyDown={onKeyDown}>
        {createdAt ? <Moment iso={createdAt} format={dayTime} /> : _id}
      </Link>
    ),
  },
  {
    name: "status",
    label: t("Status"),
    sort: "status",
    usual: true,
    width: 166,
    cell: ({ status }) => <StatusPill status={status ?? ""} />,
  },
  {
    name: "message",
    label: t("Why"),
    usual: true,
    cell: (call) => (
      <Group gap={6} wrap="nowrap">
        <Why call={call} />
        <CalledAgainMark id={call._id} />
      </Group>
    ),
  },
  {
    name: "to",
    label: tIn("column", "To"),
    sort: "toNumber",
    usual: true,
    width: 160,
    cell: ({ toNumber }) => <span className="number">{toNumber}</span>,
  },
  {
    name: "from",
    label: tIn("column", "From"),
    sort: "fromNumber",
    width: 160,
    cell: ({ fromNumber }) => <span className="number">{fromNumber}</span>,
  },
  {
    name: "user",
    label: t("Person"),
    usual: true,
    width: 120,
    cell: ({ user }) => <Short>{user?.name ?? user?.email ?? user?._id}</Short>,
  },
  {
    name: "incident",
    label: t("Incident"),
    usual: true,
    cell: ({ incident }) => <Short>{incident?.title ?? incident?._id}</Short>,
  },
  {
    name: "answered",
    label: t("Answered by"),
    sort: "answeredBy",
    usual: true,
    width: 142,
    cell: ({ answeredBy }) => (answeredBy ? answeredByName(answeredBy) : "–"),
  },
  {
    name: "attempts",
    label: t("Attempts"),
    sort: "attemptCount",
    isNumber: true,
    usual: true,
    width: 98,
    cell: ({ attemptCount }) => attemptCount ?? 0,
  },
  {
    name: "cost",
    label: t("Cost"),
    mark: <SimulatedMark />,
    sort: "callCostInUSDCents",
    isNumber: true,
    usual: true,
    width: 112,
    cell: (call) => <CallMoney call={call} isPlain />,
  },
  {
    name: "provider",
    label: t("Provider"),
    sort: "provider",
    width: 130,
    cell: ({ provider }) => provider ?? "–",
  },
  {
    name: "updated",
    label: t("Changed"),
    sort: "updatedAt",
    width: 172,
    cell: ({ updatedAt }) => updatedAt && <Moment iso={updatedAt} format={dayTime} />,
  },
  {
    name: "tags",
    label: t("Tags"),
    cell: ({ tags }) => (
      <Group gap={4} wrap="nowrap">
        {tags?.map((tag) => (
          <Short key={tag}>{tag}</Short>
        ))}
      </Group>
    ),
  },
];

/** The column of the status where the reason has no column of its own. */
const STATUS_AND_REASON: Column = {
  ...COLUMNS.find(({ name }) => name === "status")!,
  width: 320,
  cell: (call) => (
    // On one line, so that rows keep their height when a wait ends.
    <Group gap={6} wrap="nowrap">
      <StatusPill status={call.status ?? ""} />
      <WaitReason call={call} />
      <CalledAgainMark id={call._id} />
    </Group>
  ),
};

/** The columns of these names, in the order of the table. */
export function columnsOf(names: readonly string[]): Column[] {
  const chosen = COLUMNS.filter(({ name }) => names.includes(name));
  if (names.includes("message")) return chosen;
  return chosen.map((column) => (column.name === "status" ? STATUS_AND_REASON : column));
}

/** Least width of a column that shares the rest, in pixels. */
const LEAST_WIDTH = 110;

/** Width from which the table fits, in pixels. */
export function leastWidth(columns: readonly Column[], withBoxes: boolean): number {
  const widths = columns.map(({ width = LEAST_WIDTH }) => width);
  return widths.reduce((sum, width) => sum + width, withBoxes ? BOX_WIDTH : 0);
}

/** Width of the column of checkboxes, in pixels. */
export const BOX_WIDTH = 40;

// Callers' texts have any length and direction.
function Short({ children }: { children: string | number | null | undefined }) {
  const text = String(children ?? "–");
  return (
    <Text size="sm" truncate dir="auto" title={text} span display="block">
      {text}
    </Text>
  );
}
