import { type AlertSourceKind, sourceSnippet, sourceUrl } from "@call-log/model";
import { Alert, Anchor, Button, Code, CopyButton, Group, Stack, Text } from "@mantine/core";

import { t } from "../../language/translate.ts";
import { guideAddress } from "./sources.ts";

/** Stands in an address for a token that is not shown again. */
const HIDDEN = "<token>";

/** What is pasted into the program that sends alerts. Without a token, a placeholder stands for it. */
export function Paste({ kind, token = HIDDEN }: { kind: AlertSourceKind; token?: string }) {
  const snippet = sourceSnippet(kind, { url: location.origin, token });
  return (
    <Stack gap="xs">
      <Text size="sm">{t("Paste this into its configuration:")}</Text>
      <Code block tabIndex={0} dir="ltr" data-snippet style={{ overflow: "auto" }}>
        {snippet}
      </Code>
      <Group gap="sm">
        {token !== HIDDEN && <Copy label={t("Copy the configuration")} value={snippet} />}
        <Anchor href={guideAddress(kind)} target="_blank" rel="noreferrer" underline="always">
          {t("Guide, step by step")}
        </Anchor>
      </Group>
    </Stack>
  );
}

/** An address with its token, which is shown once. */
export function ShownAddress({ kind, token }: { kind: AlertSourceKind; token: string }) {
  const url = sourceUrl(kind, { url: location.origin, token });
  return (
    <Alert
      color="warn"
      variant="light"
      title={t("Copy this address now: its token is not shown again")}
      // Else the lines of the configuration make it wider than a phone.
      styles={{ body: { minWidth: 0 } }}
    >
      <Stack gap="sm">
        <Code
          block
          dir="ltr"
          data-address
          style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}
        >
          {url}
        </Code>
        <Group>
          <Copy label={t("Copy the address")} value={url} />
        </Group>
        <Paste kind={kind} token={token} />
      </Stack>
    </Alert>
  );
}

function Copy({ label, value }: { label: string; value: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button variant="default" size="compact-sm" onClick={copy}>
          {copied ? t("Copied") : label}
        </Button>
      )}
    </CopyButton>
  );
}
