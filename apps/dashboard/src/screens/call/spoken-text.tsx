import { Text } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";

/** What the callee hears; hidden for a sensitive call, and from a key with masked access. */
export function SpokenText({ callData }: { callData: Readonly<Record<string, unknown>> }) {
  const { message, sensitive, masked } = callData;
  const text = typeof message === "string" ? message : "No text is stored.";
  const hidden =
    (sensitive === true && "Hidden: the call is sensitive.") ||
    (masked === true && "Hidden: your key has masked access.");
  return (
    <Panel title="Spoken text">
      <Text dir="auto" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {hidden || text}
      </Text>
    </Panel>
  );
}
