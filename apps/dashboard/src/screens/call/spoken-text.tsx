import { Text } from "@mantine/core";

import { Panel } from "../../parts/panel.tsx";

/** What the callee hears; hidden for a sensitive call, and from a key that sees call logs masked. */
export function SpokenText({ callData }: { callData: Readonly<Record<string, unknown>> }) {
  const { message, sensitive, masked } = callData;
  const text = typeof message === "string" ? message : "None was kept.";
  const hidden =
    (sensitive === true && "Hidden: the call is sensitive.") ||
    (masked === true && "Hidden: your key sees call logs masked.");
  return (
    <Panel title="Spoken text">
      <Text dir="auto" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {hidden || text}
      </Text>
    </Panel>
  );
}
