import { Badge, Button, Group, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { Trouble } from "../trouble.tsx";
import { DoNotCall } from "./do-not-call.tsx";

/** The project: its settings, the switch that holds all of its calls, and numbers that are never called. */
export default function SettingsScreen() {
  const { permissions, providers } = useSignedIn();
  const { data: project, error } = useQuery({
    queryKey: ["project"],
    queryFn: () => api.projects.get.query(),
  });
  return (
    <Stack maw={760}>
      <Title order={1} size="h3">
        Settings
      </Title>
      <Trouble error={error} />
      <Text size="sm">
        Your key: {permissions.join(", ")}. Provider accounts: {providers.join(", ")}. Settings are
        changed by <code>npm run cli -- project set</code> or tRPC <code>projects.update</code>.
      </Text>
      {project && (
        <>
          <Table aria-label="Project">
            <Table.Tbody>
              {Object.entries(project).map(([name, value]) => (
                <Table.Tr key={name}>
                  <Table.Th w={200}>{name}</Table.Th>
                  <Table.Td dir="auto" style={{ overflowWrap: "anywhere" }}>
                    {typeof value === "string" ? value : JSON.stringify(value)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <PauseSwitch isPaused={"paused" in project && project.paused !== undefined} />
        </>
      )}
      <DoNotCall />
    </Stack>
  );
}

function PauseSwitch({ isPaused }: { isPaused: boolean }) {
  const [reason, setReason] = useState("");
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () =>
      isPaused ? api.projects.resume.mutate() : api.projects.pause.mutate({ reason }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["project"] }),
  });
  return (
    <Stack gap="xs" component="section" aria-label="Pause">
      <Group gap="xs">
        <Title order={2} size="h5">
          Calls of this project
        </Title>
        <Badge color={isPaused ? "red" : "green"} variant="outline" c="var(--mantine-color-text)">
          {isPaused ? "paused" : "running"}
        </Badge>
      </Group>
      <Group align="end">
        {!isPaused && (
          <TextInput
            label="Reason"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <Button variant="default" loading={isPending} onClick={() => mutate()}>
          {isPaused ? "Resume" : "Pause all calls"}
        </Button>
      </Group>
      <Trouble error={error} />
    </Stack>
  );
}
