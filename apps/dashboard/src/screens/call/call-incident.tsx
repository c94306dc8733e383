import { Anchor, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";
import { ComingCalls } from "../stories/coming-calls.tsx";
import { IncidentAnswer } from "../stories/incident-answer.tsx";

/** Refresh interval, in milliseconds. */
const FRESH_MS = 5000;

/** How far the incident of a call is, and which of its calls still come; nothing for an incident of one call. */
export default function CallIncident({ incidentId }: { incidentId: string }) {
  const { data, error } = useQuery({
    queryKey: ["incident", incidentId],
    queryFn: ({ signal }) => api.incidents.get.query({ incidentId }, { signal }),
    refetchInterval: FRESH_MS,
  });
  if (data === undefined) return <ErrorAlert error={error} />;
  if (data.count === 1) return null;
  return (
    <Panel
      title={t("Its incident")}
      aside={
        <Anchor component={Link} href={`/incidents/${incidentId}`} size="sm" underline="always">
          {data.title ?? t("The incident")}
        </Anchor>
      }
    >
      <Stack gap="xs" data-its-incident>
        <div>
          <IncidentAnswer incident={data} />
        </div>
        <ComingCalls id={incidentId} incident={data} />
      </Stack>
    </Panel>
  );
}
