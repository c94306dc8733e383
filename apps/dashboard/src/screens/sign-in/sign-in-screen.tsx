import { Button, Center, Paper, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { SESSION_KEY, signIn } from "../../session/session.ts";
import { Trouble } from "../trouble.tsx";

/** Sign in with an API key. The key goes to the server once and is kept nowhere. */
export function SignInScreen() {
  const [apiKey, setApiKey] = useState("");
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: signIn,
    onSuccess: (session) => queries.setQueryData(SESSION_KEY, session),
  });
  return (
    <Center mih="90vh" p="md" component="main">
      <Paper
        component="form"
        withBorder
        p="lg"
        w={420}
        maw="100%"
        onSubmit={(event: React.FormEvent) => {
          event.preventDefault();
          mutate(apiKey);
        }}
      >
        <Stack>
          <Title order={1} size="h3">
            call-log
          </Title>
          <Text size="sm">
            Sign in with an API key. <code>npm start</code> prints one at its first start.
          </Text>
          <PasswordInput
            label="API key"
            autoComplete="current-password"
            required
            data-autofocus
            value={apiKey}
            onChange={(event) => setApiKey(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": "Show the key" }}
          />
          <Trouble error={error} />
          <Button type="submit" loading={isPending}>
            Sign in
          </Button>
        </Stack>
      </Paper>
    </Center>
  );
}
