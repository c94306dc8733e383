import type { CallRequestInput } from "@call-log/model";
import { Button, Code, CopyButton, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";

import { t, tIn } from "../../language/translate.ts";
import { CODE_LANGUAGES, type CodeLanguage, codeOf } from "./call-code-text.ts";

const LANGUAGES = Object.entries(CODE_LANGUAGES).map(([value, label]) => ({ value, label }));

/** The call of the form as a program, to copy. */
export function CallCode({ request }: { request: CallRequestInput }) {
  const [language, setLanguage] = useState<CodeLanguage>("curl");
  const code = codeOf(language, request, location.origin);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={tIn("of a program", "Language")}
          data={LANGUAGES}
          value={language}
          onChange={(value) => setLanguage(value as CodeLanguage)}
        />
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? t("Copied") : t("Copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block data-code tabIndex={0} mah={360} style={{ overflow: "auto" }}>
        {code}
      </Code>
      <Text size="sm" c="dimmed">
        {t("The key is read from the environment variable CALL_LOG_API_KEY.")}
      </Text>
    </Stack>
  );
}
