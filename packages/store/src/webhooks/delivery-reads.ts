import type { DeliveryListQuery, SentWebhookDelivery, WebhookDelivery } from "@call-log/model";
import type { Collection, Document } from "mongodb";

import { INSTALLATION } from "../audit/audit-document.ts";
import { afterPosition, type CursorList, decodeCursor, encodeCursor } from "../queries/cursor.ts";
import type { WebhookDeliveryDocument, WebhookScope } from "./webhook-documents.ts";

/** One page of deliveries. */
export interface DeliveryPage {
  data: WebhookDelivery[];
  /** How many match, whatever the page. */
  count: number;
  skip: number;
  limit: number;
  /** Goes on from here; absent on the last page. */
  nextCursor?: string;
}

type DeliveryFilters = Omit<DeliveryListQuery, "skip" | "limit" | "cursor">;
type Deliveries = Collection<WebhookDeliveryDocument>;

/** Longest time that the database may spend on one query, in milliseconds. */
const options = { maxTimeMS: 5000 };
const SORT = [
  { path: "createdAt", direction: -1 },
  { path: "_id", direction: -1 },
] as const;

/** A delivery with its body; undefined when the scope has none of this id. */
export async function findDelivery(
  deliveries: Deliveries,
  scope: WebhookScope,
  id: string,
): Promise<SentWebhookDelivery | undefined> {
  const found = await deliveries.findOne({ _id: id, scope: scope ?? INSTALLATION }, options);
  return found === null ? undefined : { ...shownDelivery(found), body: found.body };
}

/** One page of the deliveries of a scope, newest first, without their bodies. */
export async function listDeliveries(
  deliveries: Deliveries,
  scope: WebhookScope,
  { skip, limit, cursor, ...filters }: DeliveryListQuery,
): Promise<DeliveryPage> {
  const matching = { scope: scope ?? INSTALLATION, ...conditionsOf(filters) };
  const asked = {
    kind: "leaf",
    path: "state",
    test: { kind: "is", value: JSON.stringify(conditionsOf(filters)) },
  } as const;
  const list: CursorList = { projectId: matching.scope, query: asked, sort: SORT };
  const after = cursor === undefined ? [] : [afterPosition(decodeCursor(cursor, list), SORT)];
  const filter = { $and: [matching, ...after] } as Document;
  const [found, count] = await Promise.all([
    deliveries
      .find<WebhookDeliveryDocument>(filter, { ...options, projection: { body: 0 } })
      .sort({ createdAt: -1, _id: -1 })
      .skip(skip)
      .limit(limit + 1)
      .toArray(),
    deliveries.countDocuments(matching, options),
  ]);
  const data = found.slice(0, limit).map(shownDelivery);
  const last = data.at(-1);
  const page = { data, count, skip, limit };
  if (found.length <= limit || last === undefined) return page;
  const { createdAt, _id } = last;
  return { ...page, nextCursor: encodeCursor({ createdAt, _id }, list) };
}

function conditionsOf({ state, from, to, ...fields }: DeliveryFilters) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const createdAt = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
  return {
    ...Object.fromEntries(given),
    ...(state !== "all" && { state }),
    ...((from ?? to) && { createdAt }),
  };
}

/** A delivery as a list shows it, without its body. */
export function shownDelivery(document: WebhookDeliveryDocument): WebhookDelivery {
  const { scope: _scope, lane: _lane, order: _order, sequence: _sequence, ...rest } = document;
  const { body: _body, ...shown } = rest;
  return shown;
}
