import type { RunningDashboard } from "../running-dashboard.ts";
import { demoCalls } from "./demo-night.ts";

/** Gives the installation the calls of the demo, and a project that has been used for a while. */
export async function furnish(running: RunningDashboard): Promise<void> {
  const { client, projectId } = running;
  await running.keep(...demoCalls().map((call) => ({ ...call, projectId })));
  await client.alertSources.create.mutate({
    name: "Prometheus",
    kind: "alertmanager",
    rule: { to: "+493023125014" },
  });
  await client.projects.update.mutate({
    name: "Shop on call",
    fromNumbers: ["+493023125000"],
    allowedCountries: ["DE", "GB", "US"],
    calleeLimits: [{ calls: 6, seconds: 3600 }],
  });
  await client.projects.doNotCall.add.mutate({ numbers: ["+12025550199", "+493023125900"] });
  await client.keys.create.mutate({ name: "Paging service", permissions: ["Dispatch Call"] });
  await client.keys.create.mutate({ name: "Auditor", permissions: ["Viewer"] });
  await client.webhooks.create.mutate({
    url: "https://hooks.shop.example/calls",
    description: "Incident bot",
    events: ["call.acknowledged", "call.exhausted"],
  });
}
