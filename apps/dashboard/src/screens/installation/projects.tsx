import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { api, type Outputs } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";
import { numberText } from "../../language/local-format.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { PausedBadge } from "../health/paused-badge.tsx";
import { projectAnchor, PROJECTS } from "./installation.ts";
import { PauseSwitch } from "./pause-switch.tsx";

type Project = Outputs["operator"]["projects"]["list"]["projects"][number];

/** All projects: whether their calls are dialled, who paused them and why, and the operator's switch. */
export function Projects() {
  const { data, error, isPending } = useQuery({
    queryKey: PROJECTS,
    queryFn: ({ signal }) => api.operator.projects.list.query(undefined, { signal }),
  });
  const count = data && <Text size="sm">{numberText(data.projects.length)}</Text>;
  return (
    <Panel title={t("Projects")} aside={count}>
      <ErrorAlert error={error} />
      {isPending && <Loading h={60} />}
      {data?.projects.map((project) => (
        <ProjectLine key={project._id} project={project} />
      ))}
    </Panel>
  );
}

function ProjectLine({ project: { _id: id, name, paused, operatorPause } }: { project: Project }) {
  return (
    <Stack gap={6} id={projectAnchor(id)} data-project={id}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Text fw={600} dir="auto">
            {name}
          </Text>
          <PausedBadge isPaused={paused !== undefined || operatorPause !== undefined} />
        </Group>
        <PauseSwitch
          name={name}
          isPaused={operatorPause !== undefined}
          effect={t(
            "No call of this project is dialled until an operator resumes it. New calls are accepted, and wait.",
          )}
          readers={t("Shown to the project, as the reason for the wait")}
          queryKey={PROJECTS}
          pause={async (reason) => api.operator.projects.pause.mutate({ id, reason })}
          resume={async () => api.operator.projects.resume.mutate({ id })}
        />
      </Group>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {id}
      </Text>
      {operatorPause && <PauseLine by={t("an operator")} pause={operatorPause} />}
      {paused && <PauseLine by={t("the project itself")} pause={paused} />}
    </Stack>
  );
}

function PauseLine({ by, pause }: { by: string; pause: { reason: string; at: string } }) {
  return (
    <Text size="sm" dir="auto">
      <Trans
        text="by {who}: {reason} (since <time/>)"
        values={{ who: by, reason: pause.reason }}
        parts={{ time: <Moment iso={pause.at} /> }}
      />
    </Text>
  );
}
