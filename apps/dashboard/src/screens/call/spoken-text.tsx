import { Text } from "@mantine/core";

import { Panel } from "../../parts/panel.tsx";

/** What the callee hears; hidden for a sensitive call. */
export function SpokenText({ callData }: { callData: Readonly<Record<string, unknown>> }) {
  const { message, sensitive } = callData;
  const text = typeof message === "string" ? message : undefined;
  return (
    <Panel title="Spoken text">
      <Text dir="auto" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {sensitive === true ? "Hidden: the call is sensitive." : (text ?? "None was kept.")}
      </Text>
    </Panel>
  );
}
