import { Alert, Button, Code, CopyButton, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";

import { t } from "../language/translate.ts";
import { useDialogLock } from "./dialog-lock.ts";

interface Props {
  secret: string;
  /** What it is and where to put it, in a sentence. */
  children: ReactNode;
  onDone: () => void;
}

/** A secret that is shown only now, to be copied; holds the dialog around it open until Done. */
export function OneTimeSecret({ secret, children, onDone }: Props) {
  useDialogLock();
  return (
    <Stack>
      <Alert color="warn" variant="light" title={t("This key is shown only once")}>
        {children}
      </Alert>
      <Code block data-made className="secret">
        {secret}
      </Code>
      <Group justify="flex-end" gap="xs">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} data-autofocus>
              {copied ? t("Copied") : t("Copy")}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{t("Done")}</Button>
      </Group>
    </Stack>
  );
}
