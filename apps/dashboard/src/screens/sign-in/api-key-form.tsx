import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { SESSION_ENDED, SESSION_KEY, signIn } from "../../session/session.ts";

/** Sign in with an API key. The key is sent to the server once and not stored. */
export function ApiKeyForm({ isMain }: { isMain: boolean }) {
  const [apiKey, setApiKey] = useState("");
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: signIn,
    onSuccess: (session) => {
      queries.removeQueries({ queryKey: SESSION_ENDED });
      queries.setQueryData(SESSION_KEY, session);
    },
  });
  return (
    <Stack
      component="form"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        mutate(apiKey);
      }}
    >
      <Text size="sm">
        <Trans
          text="Sign in with an API key. <command/> prints one at its first start."
          parts={{ command: <code>npm start</code> }}
        />
      </Text>
      <PasswordInput
        label={t("API key")}
        autoComplete="current-password"
        required
        data-autofocus
        value={apiKey}
        onChange={(event) => setApiKey(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": t("Show the key") }}
      />
      <ErrorAlert error={error} />
      <Button type="submit" loading={isPending} variant={isMain ? "filled" : "default"}>
        {t("Sign in")}
      </Button>
    </Stack>
  );
}
