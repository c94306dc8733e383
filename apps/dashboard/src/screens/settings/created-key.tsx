import { Alert, Button, Code, CopyButton, Group, Stack } from "@mantine/core";

/** A new key, shown once to be copied. */
export function CreatedKey({ apiKey, onDone }: { apiKey: string; onDone: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" variant="outline" title="This key is shown only once">
        Copy it now, into your store of secrets.
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
