import { Group, Text } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";
import { Link } from "wouter";

import type { CallLogView } from "../../call/call-view.ts";
import { CalledAgainMark } from "../../call/called-again.tsx";
import { StatusPill } from "../../call/status-pill.tsx";
import { WaitReason } from "../../call/wait-reason.tsx";
import { Money } from "../../components/money.tsx";
import { Moment } from "../../format/moment.tsx";
import type { Sortable } from "./calls-filter.ts";

/** One column of the table. */
export interface Column {
  name: string;
  label: string;
  sort?: Sortable;
  /** Shown by default. */
  usual?: true;
  /** True for numbers, which are right-aligned. */
  isNumber?: true;
  /** `onKeyDown` is for the link that stands for the row. */
  cell: (call: CallLogView, onKeyDown: (event: KeyboardEvent<HTMLElement>) => void) => ReactNode;
}

/** Every column, in the order of the table. */
export const COLUMNS: readonly Column[] = [
  {
    name: "when",
    label: "When",
    sort: "createdAt",
    usual: true,
    cell: ({ _id, createdAt }, onKeyDown) => (
      <Link href={`/calls/${_id}`} className="row-link" onKeyDown={onKeyDown}>
        {createdAt ? <Moment iso={createdAt} /> : _id}
      </Link>
    ),
  },
  {
    name: "status",
    label: "Status",
    sort: "status",
    usual: true,
    cell: (call) => (
      // On one line, so that rows keep their height when a wait ends.
      <Group gap={6} wrap="nowrap">
        <StatusPill status={call.status ?? ""} />
        <WaitReason call={call} />
        <CalledAgainMark id={call._id} />
      </Group>
    ),
  },
  {
    name: "to",
    label: "To",
    sort: "toNumber",
    usual: true,
    cell: ({ toNumber }) => <span className="number">{toNumber}</span>,
  },
  {
    name: "from",
    label: "From",
    sort: "fromNumber",
    cell: ({ fromNumber }) => <span className="number">{fromNumber}</span>,
  },
  {
    name: "user",
    label: "User",
    usual: true,
    cell: ({ user }) => <Short>{user?.name ?? user?.email ?? user?._id}</Short>,
  },
  {
    name: "incident",
    label: "Incident",
    usual: true,
    cell: ({ incident }) => <Short>{incident?.title ?? incident?._id}</Short>,
  },
  {
    name: "answered",
    label: "Answered by",
    sort: "answeredBy",
    usual: true,
    cell: ({ answeredBy }) => answeredBy ?? "–",
  },
  {
    name: "attempts",
    label: "Attempts",
    sort: "attemptCount",
    isNumber: true,
    usual: true,
    cell: ({ attemptCount }) => attemptCount ?? 0,
  },
  {
    name: "cost",
    label: "Cost",
    sort: "callCostInUSDCents",
    isNumber: true,
    usual: true,
    cell: ({ callCostInUSDCents, pricing }) => (
      <Money cents={callCostInUSDCents ?? 0} isPending={pricing === "pending"} />
    ),
  },
  {
    name: "provider",
    label: "Provider",
    sort: "provider",
    cell: ({ provider }) => provider ?? "–",
  },
  {
    name: "updated",
    label: "Changed",
    sort: "updatedAt",
    cell: ({ updatedAt }) => updatedAt && <Moment iso={updatedAt} />,
  },
  {
    name: "tags",
    label: "Tags",
    cell: ({ tags }) => (
      <Group gap={4} wrap="nowrap">
        {tags?.map((tag) => (
          <Short key={tag}>{tag}</Short>
        ))}
      </Group>
    ),
  },
  {
    name: "message",
    label: "Message",
    cell: ({ statusMessage }) => <Short>{statusMessage}</Short>,
  },
];

// Callers' texts have any length and direction.
function Short({ children }: { children: string | number | null | undefined }) {
  const text = String(children ?? "–");
  return (
    <Text size="sm" truncate maw={220} dir="auto" ta="left" title={text} span display="block">
      {text}
    </Text>
  );
}
