import { Group, Table, Text } from "@mantine/core";

import { CallMoney } from "../../call/call-money.tsx";
import type { AttemptView, CallLogView } from "../../call/call-view.ts";
import { Money } from "../../components/money.tsx";
import { Panel } from "../../components/panel.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { t } from "../../language/translate.ts";
import { pricingName } from "../../words/pricing-words.ts";

const CENTS_PER_MICRO = 1 / 10_000;

/** Cost of a call: one line per attempt, and whether its price is final. */
export function CostLines({ call }: { call: CallLogView }) {
  const attempts = (call.attempts ?? []).filter(({ price }) => price !== undefined);
  return (
    <Panel title={t("Cost")} aside={<CallMoney call={call} isTabStop />}>
      {attempts.length === 0 && <Text size="sm">{t("No charges so far.")}</Text>}
      {attempts.length > 0 && (
        <Table aria-label={t("Cost by attempt")} verticalSpacing={4}>
          <Table.Tbody>
            {attempts.map((attempt) => (
              <Table.Tr key={attempt._id}>
                <Table.Th fw={400}>{t("Attempt {number}", { number: attempt.number })}</Table.Th>
                <Table.Td>
                  <Line attempt={attempt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}

function Line({ attempt: { price, costInMicroUSD } }: { attempt: AttemptView }) {
  if (price === undefined) return null;
  const reported =
    price.amount === null
      ? ""
      : t("as reported: {amount} {currency}", {
          amount: price.amount,
          currency: price.currency ?? "",
        });
  return (
    <Group justify="flex-end" gap="xs" title={reported}>
      {price.pricing === "pending" ? "…" : <Amount micros={costInMicroUSD} />}
      <StateBadge size="sm">{pricingName(price.pricing)}</StateBadge>
    </Group>
  );
}

function Amount({ micros }: { micros: number | undefined }) {
  return micros === undefined ? (
    <>–</>
  ) : (
    <Money cents={micros * CENTS_PER_MICRO} isTabStop isPlain />
  );
}
