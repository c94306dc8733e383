import { Paper, Text, Title } from "@mantine/core";

/** What the callee hears; hidden for a sensitive call. */
export function SpokenText({ callData }: { callData: Readonly<Record<string, unknown>> }) {
  const { message, sensitive } = callData;
  const text = typeof message === "string" ? message : undefined;
  return (
    <Paper withBorder p="sm" component="section" aria-label="Spoken text">
      <Title order={2} size="h5" mb={4}>
        Spoken text
      </Title>
      <Text size="sm" dir="auto" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {sensitive === true ? "Hidden: the call is sensitive." : (text ?? "None was kept.")}
      </Text>
    </Paper>
  );
}
