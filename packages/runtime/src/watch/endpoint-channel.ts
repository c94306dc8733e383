import { shownProblem, type WebhookEventType } from "@call-log/model";
import type {
  DueEvent,
  NewDelivery,
  WebhookDeliveryStore,
  WebhookEndpointStore,
  WebhookScope,
} from "@call-log/store";

import type { HealthChannel } from "./channel.ts";

/** What the endpoints of webhooks are kept in. */
export interface EndpointChannelDeps {
  webhookEndpoints: Pick<WebhookEndpointStore, "listeners">;
  webhookDeliveries: Pick<WebhookDeliveryStore, "add">;
}

/**
 * Hands problems to the deliveries of the endpoints that ask for them: those of the installation get every problem, those of a project the
 * project's own.
 */
export function endpointChannel(deps: EndpointChannelDeps): HealthChannel {
  return {
    name: "endpoints",
    patienceSeconds: 20,
    async send(event) {
      const { projectId } = event;
      const scopes: WebhookScope[] = projectId === undefined ? [null] : [projectId, null];
      const deliveries = await Promise.all(scopes.map((scope) => deliveriesTo(deps, scope, event)));
      await deps.webhookDeliveries.add(deliveries.flat());
      return { result: `handed to ${deliveries.flat().length} endpoints` };
    },
  };
}

/** Place of an event among those of its problem. */
const SEQUENCE = { began: 1, ended: 2 } as const;

async function deliveriesTo(
  { webhookEndpoints }: EndpointChannelDeps,
  scope: WebhookScope,
  event: DueEvent,
): Promise<NewDelivery[]> {
  const type: WebhookEventType = `problem.${event.kind}`;
  const listeners = await webhookEndpoints.listeners(scope);
  const asking = listeners.filter(({ events }) => events.includes(type));
  return asking.map(({ _id: endpointId }) => ({
    kind: "webhook",
    ...(scope !== null && { projectId: scope }),
    endpointId,
    eventId: event.eventId,
    type,
    problemId: event.id,
    sequence: SEQUENCE[event.kind],
    body: problemBody(type, event),
  }));
}

/** The body of an event of a problem. */
function problemBody(
  type: WebhookEventType,
  { kind, at, eventId: _event, tries: _tries, ...problem }: DueEvent,
): string {
  const timestamp = at.toISOString();
  const shown = { ...shownProblem(problem), endedAt: kind === "ended" ? timestamp : null };
  const data = { projectId: problem.projectId ?? null, problem: shown };
  return JSON.stringify({ type, timestamp, data });
}
