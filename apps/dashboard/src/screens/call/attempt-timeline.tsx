import { ATTEMPT_STATES, CALL_OUTCOMES } from "@call-log/model";
import { Anchor, Group, Text } from "@mantine/core";

import type { AttemptView } from "../../call/call-view.ts";
import { Panel } from "../../components/panel.tsx";
import { EventTable } from "./event-table.tsx";
import { adviceOf } from "./refusal-advice.ts";
import { sipWording } from "./sip-wording.ts";

/** One attempt: its result, and its events with the time between them. */
export function AttemptTimeline({ callId, attempt }: { callId: string; attempt: AttemptView }) {
  const { number, state, outcome, events } = attempt;
  const ending =
    outcome === undefined ? ATTEMPT_STATES[state].wording : CALL_OUTCOMES[outcome].wording;
  return (
    <Panel title={`Attempt ${number}`} aside={<Text fw={600}>{ending}</Text>}>
      <Facts attempt={attempt} />
      <WhatWentWrong attempt={attempt} />
      {events.length > 0 && <EventTable callId={callId} attempt={attempt} />}
    </Panel>
  );
}

function WhatWentWrong({ attempt }: { attempt: AttemptView }) {
  const { errorMessage, errorCode } = attempt;
  const advice = adviceOf(attempt);
  return (
    <>
      {(errorMessage || errorCode) && (
        <Text dir="auto" style={{ overflowWrap: "anywhere" }}>
          {errorMessage} {errorCode && <span className="number">(error {errorCode})</span>}
        </Text>
      )}
      {advice && (
        <Text>
          <b>What to do:</b> {advice.text}{" "}
          {advice.url && (
            <Anchor href={advice.url} target="_blank" rel="noreferrer" underline="always">
              The provider's page
            </Anchor>
          )}
        </Text>
      )}
    </>
  );
}

function Facts({ attempt }: { attempt: AttemptView }) {
  const { provider, providerCallId, fromNumber, digits, answeredBy, durationSeconds } = attempt;
  const { sipResponseCode: sip } = attempt;
  const facts = [
    ["Digits", digits],
    ["Answered by", answeredBy],
    ["Duration", durationSeconds === undefined ? undefined : `${durationSeconds} s`],
    ["From", fromNumber],
    ["SIP", sip === undefined ? undefined : sipWording(sip)],
    ["Provider", provider],
    ["Provider's call id", providerCallId],
  ].filter(([, value]) => value !== undefined);
  if (facts.length === 0) return null;
  return (
    <Group gap="lg" style={{ rowGap: 4 }}>
      {facts.map(([label, value]) => (
        <Text key={label} size="sm" style={{ overflowWrap: "anywhere" }}>
          {label}: <b>{value}</b>
        </Text>
      ))}
    </Group>
  );
}
