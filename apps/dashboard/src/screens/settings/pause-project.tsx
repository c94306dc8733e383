import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { errorIn } from "../../connection/error-text.ts";
import { Trans } from "../../language/trans.tsx";
import { t, tIn } from "../../language/translate.ts";
import { PROJECT, type Project } from "./project.ts";

/** Pause of all calls of the project, with a reason. */
export function PauseProject({ project: { paused, operatorPause } }: { project: Project }) {
  const [reason, setReason] = useState("");
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () =>
      paused ? api.projects.resume.mutate() : api.projects.pause.mutate({ reason }),
    onSuccess: async () => {
      setReason("");
      await queries.invalidateQueries({ queryKey: PROJECT });
    },
  });
  const isHeld = paused !== undefined || operatorPause !== undefined;
  const inField = errorIn(error, "reason");
  const badge = (
    <StateBadge tone={isHeld ? "bad" : "good"}>
      {isHeld ? tIn("project", "paused") : tIn("project", "running")}
    </StateBadge>
  );
  return (
    <Panel title={t("Calls of this project")} aside={badge}>
      {operatorPause && <OperatorPause {...operatorPause} />}
      <Stack
        component="form"
        gap="sm"
        onSubmit={(event: React.FormEvent) => {
          event.preventDefault();
          mutate();
        }}
      >
        {paused ? (
          <OwnPause {...paused} />
        ) : (
          <TextInput
            label={t("Reason")}
            description={t("Shown as the reason why calls wait")}
            value={reason}
            error={inField}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <ErrorAlert error={inField === undefined ? error : null} />
        <Group>
          <Button
            type="submit"
            variant="default"
            loading={isPending}
            disabled={paused !== undefined && operatorPause !== undefined}
          >
            {paused ? t("Resume") : t("Pause calls")}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}

function OwnPause({ reason, at }: { reason: string; at: string }) {
  return (
    <Text dir="auto">
      <Trans
        text="{reason} (since <when/>)"
        values={{ reason }}
        parts={{ when: <Moment iso={at} /> }}
      />
    </Text>
  );
}

function OperatorPause({ reason, at }: { reason: string; at: string }) {
  return (
    <Text dir="auto">
      <Trans
        text="Paused by an operator: {reason} (since <when/>). Only an operator can resume it."
        values={{ reason }}
        parts={{ when: <Moment iso={at} /> }}
      />
    </Text>
  );
}
