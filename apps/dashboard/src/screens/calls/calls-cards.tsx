import { Group, Text } from "@mantine/core";
import { memo } from "react";
import { Link } from "wouter";

import { callCents } from "../../call/call-cents.ts";
import type { CallLogView } from "../../call/call-view.ts";
import { StatusPill } from "../../call/status-pill.tsx";
import { Why } from "../../call/why.tsx";
import { moneyText } from "../../components/money-text.ts";
import { SimulatedMark } from "../../components/money.tsx";
import { PhoneNumber } from "../../components/phone-number.tsx";
import { clockTime, dayTime } from "../../format/time.ts";
import { t } from "../../language/translate.ts";
import { answeredByName } from "../../words/answered-words.ts";
import { RowBox, rowKeys, type RowProps, type RowsProps, useRowClick } from "./calls-rows.tsx";

/** The calls on a small screen, as cards. */
export function CallsCards({ calls, selected, gone, onToggle }: RowsProps) {
  return (
    <ul className="cards" aria-label={t("Calls")}>
      {calls.map((call) => (
        <Card
          key={call._id}
          call={call}
          isSelected={selected.has(call._id)}
          isGone={gone.has(call._id)}
          onToggle={onToggle}
        />
      ))}
    </ul>
  );
}

const Card = memo(function Card({ isGone, ...props }: RowProps) {
  const { call, isSelected, onToggle } = props;
  const onRowClick = useRowClick();
  return (
    <li
      data-call={call._id}
      data-gone={isGone || undefined}
      data-selected={isSelected || undefined}
      onClick={onRowClick(call._id)}
    >
      {onToggle !== undefined && (
        <div className="card-box">
          <RowBox {...props} />
        </div>
      )}
      <Link
        href={`/calls/${call._id}`}
        className="row-link card-link"
        onKeyDown={rowKeys(call._id, onToggle)}
      >
        <CardWords call={call} />
      </Link>
    </li>
  );
});

/** The name, how the call ended and why, what it was about. */
function CardWords({ call }: { call: CallLogView }) {
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text span truncate dir="auto" fw={600}>
          {nameOf(call) ?? <PhoneNumber e164={call.toNumber} />}
        </Text>
        {call.createdAt && (
          <Text size="sm" component="time" dateTime={call.createdAt}>
            {shortTime(call.createdAt)}
          </Text>
        )}
      </Group>
      <Group gap={6} my={4} miw={0}>
        <StatusPill status={call.status ?? ""} />
        <Why call={call} isWhole />
      </Group>
      {call.incident?.title && (
        <Text size="sm" truncate dir="auto">
          {call.incident.title}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {nameOf(call) !== undefined && (
          <>
            <PhoneNumber e164={call.toNumber} /> ·{" "}
          </>
        )}
        {detailOf(call)}
        {callCents(call) !== undefined && <SimulatedMark />}
      </Text>
    </>
  );
}

function nameOf({ user }: CallLogView): string | number | undefined {
  return user?.name ?? user?.email ?? undefined;
}

function detailOf(call: CallLogView): string {
  const attempts = call.attemptCount ?? 0;
  const cents = callCents(call);
  const parts = [
    call.answeredBy && t("answered by {who}", { who: answeredByName(call.answeredBy) }),
    t("{attempts, plural, one {# attempt} other {# attempts}}", { attempts }),
    cents !== undefined && `${moneyText(cents)}${call.pricing === "pending" ? " …" : ""}`,
  ];
  return parts.filter(Boolean).join(" · ");
}

// For today, the time is enough.
function shortTime(iso: string): string {
  const isToday = new Date(iso).toDateString() === new Date().toDateString();
  return isToday ? clockTime(iso) : dayTime(iso);
}
