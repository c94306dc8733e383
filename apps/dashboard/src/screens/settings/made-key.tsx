import { Alert, Button, Code, CopyButton, Group, Stack } from "@mantine/core";

/** A key that was made, to be copied this once. */
export function MadeKey({ apiKey, onDone }: { apiKey: string; onDone: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" variant="outline" title="This is the only time that it is shown">
        Copy it now, to where secrets are kept.
      </Alert>
      <Code block data-made style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {apiKey}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={apiKey}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
