import {
  CALL_EVENT_TYPES,
  callEventNumber,
  type CallEventType,
  type CallRecord,
  type OutboxEvent,
  type Project,
} from "@call-log/model";
import {
  type AlertSourceStore,
  expiryOf,
  type NewDelivery,
  notifyEndpointId,
  type WebhookEndpointStore,
} from "@call-log/store";

import { acknowledgementBody, acknowledgementOf } from "../back-to-source/acknowledgement.ts";
import type { Listened } from "../context/call-outbox.ts";
import { callEventBody } from "./event-body.ts";

/** What the sources of deliveries ask. */
export interface SourceDeps {
  endpoints: Pick<WebhookEndpointStore, "listeners" | "ensureNotify">;
  alertSources: Pick<AlertSourceStore, "backOf">;
}

/** An event with its call, as it is when the event leaves it. */
export interface LeavingEvent {
  event: OutboxEvent;
  record: CallRecord;
  project: Project | undefined;
}

/** Somebody who asks for events of calls. */
interface DeliverySource {
  /** Types of events that are asked for of this call. */
  wanted(deps: SourceDeps, call: Listened): Promise<readonly string[]>;
  /** Deliveries of an event to those who asked for it. */
  deliveries(deps: SourceDeps, leaving: LeavingEvent): Promise<NewDelivery[]>;
}

/** Everybody who asks for events of calls. */
const SOURCES: readonly DeliverySource[] = [
  {
    async wanted({ endpoints }, { projectId }) {
      return (await endpoints.listeners(projectId)).flatMap(({ events }) => events);
    },
    async deliveries({ endpoints }, leaving) {
      const listeners = await endpoints.listeners(leaving.record.projectId);
      const asking = listeners.filter(({ events }) => events.includes(leaving.event.type));
      return asking.map(({ _id: endpointId }) => ({ ...webhookOf(leaving), endpointId }));
    },
  },
  {
    wanted: async (_deps, { notify }) => notify?.events ?? [],
    async deliveries({ endpoints }, leaving) {
      const { notify, projectId } = leaving.record;
      if (notify?.events.includes(leaving.event.type) !== true) return [];
      const endpointId = await endpoints.ensureNotify(projectId);
      const { url } = notify;
      // Addresses of one host share a lane, so that one that is slow holds up no other.
      const lane = `${notifyEndpointId(projectId)}:${new URL(url).host}`;
      return [{ ...webhookOf(leaving), endpointId, url, lane }];
    },
  },
  {
    // Whether the source is informed is decided when the event leaves, so that a write reads nothing for it.
    wanted: async (_deps, { alertOrigin }) =>
      alertOrigin === undefined ? [] : ["call.acknowledged"],
    async deliveries({ alertSources }, leaving) {
      const { record, event } = leaving;
      const { alertOrigin: origin, projectId } = record;
      if (origin === undefined || event.type !== "call.acknowledged") return [];
      const informed = await alertSources.backOf(projectId, origin.sourceId);
      if (informed === undefined) return [];
      const acknowledgement = acknowledgementOf(record, informed.rule);
      if (acknowledgement === undefined) return [];
      const body = acknowledgementBody(acknowledgement);
      return [{ ...webhookOf(leaving), kind: "source", endpointId: origin.sourceId, body }];
    },
  },
];

/** Types of events that somebody asks for of a call. */
export async function wantedEvents(
  deps: SourceDeps,
  call: Listened,
): Promise<ReadonlySet<CallEventType>> {
  const asked = await Promise.all(SOURCES.map((source) => source.wanted(deps, call)));
  const names = new Set(asked.flat());
  return new Set(CALL_EVENT_TYPES.filter((type) => names.has(type)));
}

/** The deliveries of everything in the outbox of a call, in the order of its events. */
export async function deliveriesOf(
  deps: SourceDeps,
  record: CallRecord,
  project: Project | undefined,
): Promise<NewDelivery[]> {
  const deliveries: NewDelivery[] = [];
  for (const event of record.outbox ?? [])
    for (const source of SOURCES)
      deliveries.push(...(await source.deliveries(deps, { event, record, project })));
  return deliveries;
}

function webhookOf({ event, record, project }: LeavingEvent) {
  return {
    kind: "webhook",
    projectId: record.projectId,
    eventId: event.id,
    type: event.type,
    callLogId: record._id,
    sequence: callEventNumber(event.id),
    body: callEventBody(event, record, project),
    keptUntil: expiryOf(record, project?.retentionDays),
  } as const;
}
