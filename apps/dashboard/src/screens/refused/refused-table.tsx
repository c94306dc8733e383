import { Group, Table, Text } from "@mantine/core";
import { Link } from "wouter";

import { ConfirmButton } from "../../components/confirm-button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Moment } from "../../components/moment.tsx";
import { dayTime } from "../../format/time.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { type DeadLetter, type Listed, useDeadLetters } from "./dead-letters.ts";
import { RefusedContent } from "./refused-content.tsx";

/** What is said where none is in a state. */
const NONE = {
  open: t("No refused request waits for a decision."),
  replayed: t("No refused request was replayed."),
  dropped: t("No refused request was dropped."),
  all: t("No request was refused."),
} as const satisfies Record<Listed, string>;

interface Props {
  letters: readonly DeadLetter[];
  /** The state that they are in. */
  state: Listed;
}

/** Refused requests, each with its reason and actions. */
export function RefusedTable({ letters, state }: Props) {
  if (letters.length === 0) return <EmptyState>{NONE[state]}</EmptyState>;
  return (
    <Table.ScrollContainer minWidth={700} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table verticalSpacing={6} aria-label={t("Refused requests")}>
        <Table.Thead>
          <Table.Tr>
            {[t("Refused"), t("Reason"), t("Job"), t("Actions")].map((label) => (
              <Table.Th key={label}>{label}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {letters.map((letter) => (
            <Row key={letter._id} letter={letter} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ letter }: { letter: DeadLetter }) {
  const { _id, createdAt, reason, jobId, madeAt } = letter;
  return (
    <Table.Tr data-dead-letter={_id}>
      <Table.Td style={{ whiteSpace: "nowrap" }}>
        <Moment iso={createdAt} format={dayTime} />
      </Table.Td>
      <Table.Td style={{ overflowWrap: "anywhere" }} dir="auto">
        {reason}
      </Table.Td>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        <Trans
          text="{job}, made <time/>"
          values={{ job: jobId ?? "–" }}
          parts={{ time: <Moment iso={madeAt} /> }}
        />
      </Table.Td>
      <Table.Td>
        <Acts letter={letter} />
      </Table.Td>
    </Table.Tr>
  );
}

function Acts({ letter }: { letter: DeadLetter }) {
  const { _id: id, state, callLogId, hasPayload, createdAt } = letter;
  const { letters, mayAct } = useDeadLetters();
  if (state === "dropped") return <Text size="sm">{t("Dropped")}</Text>;
  if (callLogId !== undefined) return <Accepted callLogId={callLogId} />;
  return (
    <Group gap="xs">
      {hasPayload && <RefusedContent letter={letter} />}
      {mayAct && hasPayload && (
        <ConfirmButton label={t("Replay")} act={() => letters.replay.mutate({ id })}>
          <Text size="sm">
            <Trans
              text="The request of <time/> is submitted again, unchanged. If the cause is gone, it is accepted, and the number is called once."
              parts={{ time: <Moment iso={createdAt} /> }}
            />
          </Text>
        </ConfirmButton>
      )}
      {mayAct && (
        <ConfirmButton label={t("Drop")} color="red" act={() => letters.drop.mutate({ id })}>
          <Text size="sm">
            {t(
              "Nobody is called, and the content of the request is deleted. This cannot be undone.",
            )}
          </Text>
        </ConfirmButton>
      )}
    </Group>
  );
}

function Accepted({ callLogId }: { callLogId: string }) {
  const { isOperator } = useDeadLetters();
  return (
    <Text size="sm">
      <Trans
        text="Accepted as <call/>"
        parts={{
          call: isOperator ? (
            callLogId
          ) : (
            <Link href={`/calls/${callLogId}`}>{t("call {id}", { id: callLogId })}</Link>
          ),
        }}
      />
    </Text>
  );
}
