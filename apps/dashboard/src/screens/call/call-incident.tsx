import { Anchor, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";

import { api, type Outputs } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";
import { ComingCalls } from "../stories/coming-calls.tsx";
import { IncidentAnswer } from "../stories/incident-answer.tsx";

/** Refresh interval, in milliseconds. */
const FRESH_MS = 5000;

interface Props {
  incidentId: string;
  /** What follows; it comes with the incident, so that nothing moves under a pointer. */
  children: ReactNode;
}

/** How far the incident of a call is, and which of its calls still come; nothing for an incident of one call. */
export function CallIncident({ incidentId, children }: Props) {
  const { data, error, isPending } = useQuery({
    queryKey: ["incident", incidentId],
    queryFn: ({ signal }) => api.incidents.get.query({ incidentId }, { signal }),
    refetchInterval: FRESH_MS,
  });
  if (isPending) return <Loading h={320} />;
  return (
    <>
      <ErrorAlert error={data === undefined ? error : null} />
      {data !== undefined && data.count > 1 && <ItsIncident id={incidentId} incident={data} />}
      {children}
    </>
  );
}

function ItsIncident({ id, incident }: { id: string; incident: Outputs["incidents"]["get"] }) {
  return (
    <Panel
      title={t("Its incident")}
      aside={
        <Anchor component={Link} href={`/incidents/${id}`} size="sm" underline="always">
          {incident.title ?? t("The incident")}
        </Anchor>
      }
    >
      <Stack gap="xs" data-its-incident>
        <div>
          <IncidentAnswer incident={incident} />
        </div>
        <ComingCalls id={id} incident={incident} />
      </Stack>
    </Panel>
  );
}
