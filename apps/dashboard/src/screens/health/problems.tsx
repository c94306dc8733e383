import { Alert, Stack, Text } from "@mantine/core";

import type { Outputs } from "../../api.ts";
import { Moment } from "../../format/moment.tsx";

type Problems = Outputs["system"]["health"]["problems"];

/** What call-log has found wrong by itself: the problem, since when, and what to do. Nothing while all is well. */
export function Problems({ problems }: { problems: Problems }) {
  return (
    <Stack gap="xs">
      {problems.map(({ id, rule, severity, title, text, remedy, projectId, since }) => (
        <Alert
          key={id}
          color={severity === "critical" ? "red" : "orange"}
          variant="outline"
          role="alert"
          title={title}
          data-problem={rule}
        >
          <Text size="sm">
            {text} Since <Moment iso={since} />.
          </Text>
          {projectId !== null && <Text size="sm">Project {projectId}</Text>}
          <Text size="sm">{remedy}</Text>
        </Alert>
      ))}
    </Stack>
  );
}
