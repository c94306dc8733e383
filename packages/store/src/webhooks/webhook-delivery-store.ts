import type {
  DeliveryKind,
  DeliveryListQuery,
  SentWebhookDelivery,
  WebhookEventType,
} from "@call-log/model";
import type { Collection } from "mongodb";

import { INSTALLATION } from "../audit/audit-document.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import { isDuplicateKey } from "../database-error.ts";
import { createDeliveryClaims, type DeliveryClaims } from "./delivery-claims.ts";
import { countByEndpoint, type DeliveryCounts } from "./delivery-counts.ts";
import { type DeliveryPage, findDelivery, listDeliveries } from "./delivery-reads.ts";
import { createDeliveryResends, type DeliveryResends } from "./delivery-resends.ts";
import type { WebhookDeliveryDocument, WebhookScope } from "./webhook-documents.ts";

/** A delivery to be made. Its id comes from event and endpoint, so that one that is made again stays as it is. */
export interface NewDelivery {
  kind: DeliveryKind;
  projectId?: string | undefined;
  endpointId: string;
  /** Address, where it is not that of the endpoint. */
  url?: string | undefined;
  /** Deliveries of one lane share a bound on how many are sent at a time. @defaultValue the endpoint's */
  lane?: string | undefined;
  eventId: string;
  type: WebhookEventType;
  callLogId?: string | undefined;
  problemId?: string | undefined;
  /** Place among the events of the same call or problem, which are sent one after another. */
  sequence: number;
  /** The body that is signed and sent, in every try. */
  body: string;
  /** Deleted then at the latest: when the call in its body may be deleted. @defaultValue after 30 days */
  keptUntil?: Date | undefined;
}

/** Days that a delivery is kept; a project's retention may be shorter. */
export const DELIVERY_RETENTION_DAYS = 30;

/** How many deliveries wait, and since when the first of them should have been sent. */
export interface DeliveryHealth {
  pending: number;
  oldestDueAt: Date | null;
}

/** Deliveries of events to endpoints. Those of one call to one endpoint are sent one after another. */
export interface WebhookDeliveryStore extends DeliveryClaims, DeliveryResends {
  /** Keep deliveries, in their order; those that are there stay as they are. */
  add(deliveries: readonly NewDelivery[]): Promise<void>;
  /** With its body; undefined when the scope has no such delivery. */
  find(scope: WebhookScope, id: string): Promise<SentWebhookDelivery | undefined>;
  /** Newest first. */
  list(scope: WebhookScope, input: DeliveryListQuery): Promise<DeliveryPage>;
  /** How many were made since a time, by endpoint; an endpoint without any is not among them. */
  countByEndpoint(scope: WebhookScope, since: Date): Promise<Map<string, DeliveryCounts>>;
  /** Give up what waits for an endpoint, with the reason in words; how many. */
  failPending(endpointId: string, error: string): Promise<number>;
  /** Of the whole installation. */
  health(): Promise<DeliveryHealth>;
}

/** What the deliveries are kept in and by. */
export interface DeliveryDeps {
  webhookDeliveries: Collection<WebhookDeliveryDocument>;
  audit: Pick<AuditTrail, "write">;
  now: () => Date;
}

const MS_PER_DAY = 86_400_000;
const MAX_TRIES = 5;

/** The deliveries in a MongoDB collection. */
export function createWebhookDeliveryStore(deps: DeliveryDeps): WebhookDeliveryStore {
  const { webhookDeliveries, now } = deps;
  return {
    ...createDeliveryClaims(deps),
    ...createDeliveryResends(deps),

    async add(deliveries) {
      if (deliveries.length === 0) return;
      const at = now();
      await upsertInOrder(
        webhookDeliveries,
        deliveries.map((delivery) => documentOf(delivery, at)),
      );
    },

    find: (scope, id) => findDelivery(webhookDeliveries, scope, id),
    list: (scope, input) => listDeliveries(webhookDeliveries, scope, input),
    countByEndpoint: (scope, since) => countByEndpoint(webhookDeliveries, scope, since),

    async failPending(endpointId, error) {
      const at = now();
      const { modifiedCount } = await webhookDeliveries.updateMany(
        { endpointId, dueAt: { $exists: true } },
        {
          $set: { state: "failed", endedAt: at },
          $unset: { dueAt: "" },
          $push: { tries: { at, milliseconds: 0, error } },
        },
      );
      return modifiedCount;
    },

    async health() {
      const waiting = { dueAt: { $exists: true } };
      const [pending, [oldest]] = await Promise.all([
        webhookDeliveries.countDocuments(waiting, { maxTimeMS: 5000 }),
        webhookDeliveries
          .find(waiting, { projection: { dueAt: 1 }, maxTimeMS: 5000 })
          .sort({ dueAt: 1 })
          .limit(1)
          .toArray(),
      ]);
      return { pending, oldestDueAt: oldest?.dueAt ?? null };
    },
  };
}

// Ordered, so that nobody sees an event of a call before those that came before it.
async function upsertInOrder(
  collection: Collection<WebhookDeliveryDocument>,
  documents: readonly WebhookDeliveryDocument[],
): Promise<void> {
  const operations = documents.map(({ _id, ...rest }) => ({
    updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
  }));
  for (let tries = 1; ; tries += 1) {
    try {
      await collection.bulkWrite(operations, { ordered: true });
      return;
    } catch (error) {
      // Another process keeps the same ones at the same time; what is there is left alone.
      if (!isDuplicateKey(error) || tries >= MAX_TRIES) throw error;
    }
  }
}

function documentOf(delivery: NewDelivery, at: Date): WebhookDeliveryDocument {
  const { endpointId, projectId, callLogId, problemId, keptUntil, lane, ...rest } = delivery;
  const about = callLogId ?? problemId ?? delivery.eventId;
  const atLatest = at.getTime() + DELIVERY_RETENTION_DAYS * MS_PER_DAY;
  const { url, ...fields } = rest;
  const order = [endpointId, ...(url === undefined ? [] : [url]), about].join(":");
  return {
    _id: `${delivery.eventId}-${endpointId}`,
    scope: projectId ?? INSTALLATION,
    ...fields,
    ...(projectId !== undefined && { projectId }),
    endpointId,
    ...(url !== undefined && { url }),
    ...(callLogId !== undefined && { callLogId }),
    ...(problemId !== undefined && { problemId }),
    lane: lane ?? endpointId,
    order,
    state: "pending",
    createdAt: at,
    dueAt: at,
    tryCount: 0,
    tries: [],
    expireAt: new Date(Math.min(keptUntil?.getTime() ?? atLatest, atLatest)),
  };
}
