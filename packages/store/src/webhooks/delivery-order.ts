import type { Collection } from "mongodb";

import type { WebhookDeliveryDocument } from "./webhook-documents.ts";

type Deliveries = Collection<WebhookDeliveryDocument>;

/** What decides whether a delivery may be sent. */
export type Candidate = Pick<
  WebhookDeliveryDocument,
  "_id" | "order" | "sequence" | "dueAt" | "tryCount"
>;

/** Reads candidates. */
export const AS_CANDIDATE = {
  projection: { order: 1, sequence: 1, dueAt: 1, tryCount: 1 },
} as const;
/** Matches what has not ended. */
export const PENDING = { dueAt: { $exists: true } } as const;

/** What waits for another one is looked at this long after it, if nobody wakes it, in milliseconds. */
const AFTER_HEAD_MS = 1000;

/** The first of each order that has not ended. */
export async function findHeads(
  deliveries: Deliveries,
  of: readonly Candidate[],
): Promise<Map<string, Candidate>> {
  const orders = [...new Set(of.map(({ order }) => order))];
  const heads = await Promise.all(orders.map((order) => findHead(deliveries, order)));
  return new Map(heads.flatMap((head) => (head === undefined ? [] : [[head.order, head]])));
}

async function findHead(deliveries: Deliveries, order: string): Promise<Candidate | undefined> {
  const found = deliveries.find({ order, ...PENDING }, AS_CANDIDATE);
  const [head] = await found.sort({ order: 1, sequence: 1 }).limit(1).toArray();
  return head;
}

/** The first of an order, unless it is being sent or waits for a retry. */
export async function findNext(
  deliveries: Deliveries,
  order: string,
): Promise<Candidate | undefined> {
  const head = await findHead(deliveries, order);
  return head?.tryCount === 0 ? head : undefined;
}

/** Look at what waits for another one only after that one; returns for how many orders it had already ended. */
export async function postpone(
  deliveries: Deliveries,
  { behind, heads, at }: { behind: Candidate[]; heads: Map<string, Candidate>; at: Date },
): Promise<number> {
  const waiting = behind.filter(({ order }) => heads.has(order));
  if (waiting.length === 0) return 0;
  const operations = waiting.map(({ _id, order, dueAt }) => {
    const after = Math.max(heads.get(order)?.dueAt?.getTime() ?? 0, at.getTime()) + AFTER_HEAD_MS;
    const update = { $set: { dueAt: new Date(after) } };
    return { updateOne: { filter: { _id, ...(dueAt && { dueAt }) }, update } };
  });
  await deliveries.bulkWrite(operations, { ordered: false });
  // A head may have ended between these two writes, and then nobody else wakes the next one.
  const now = await findHeads(deliveries, waiting);
  const ended = [...now.values()].filter(({ _id, order }) => heads.get(order)?._id !== _id);
  await Promise.all(
    ended.map(async (head) => head.tryCount === 0 && makeDue(deliveries, head, at)),
  );
  return ended.length;
}

/** Wake a delivery that was not tried yet. */
export async function makeDue(deliveries: Deliveries, { _id }: Candidate, at: Date): Promise<void> {
  await deliveries.updateOne({ _id, tryCount: 0, dueAt: { $gt: at } }, { $set: { dueAt: at } });
}
