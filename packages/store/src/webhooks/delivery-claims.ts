import { type DeliveryTry, MAX_KEPT_TRIES, type SentWebhookDelivery } from "@call-log/model";
import type { Collection } from "mongodb";

import { shownDelivery } from "./delivery-reads.ts";
import type { WebhookDeliveryDocument } from "./webhook-documents.ts";

/** A delivery that this process may send, until the lease ends. */
export interface ClaimedDelivery extends SentWebhookDelivery {
  lane: string;
  dueAt: Date;
}

/** How a try went: the delivery is over, or it is tried again at a time. */
export type TryEnd = { state: "delivered" | "failed" } | { dueAt: Date };

/** How deliveries are sent, by as many processes as there are. */
export interface DeliveryClaims {
  /** The next lane after this one, in their order, that has something due. */
  nextLane(after: string): Promise<string | undefined>;
  /** When the next delivery is due; undefined when none waits. */
  nextDueAt(): Promise<Date | undefined>;
  /**
   * Take up to so many due deliveries of a lane for `leaseSeconds`, each the first of its order that has not ended. Nobody else sends them
   * until then.
   */
  claim(lane: string, terms: { limit: number; leaseSeconds: number }): Promise<ClaimedDelivery[]>;
  /** Note a try, and let the next of its order go if it is over; false when the lease had ended and somebody else has it. */
  noteTry(delivery: ClaimedDelivery, done: DeliveryTry, end: TryEnd): Promise<boolean>;
}

type Deliveries = Collection<WebhookDeliveryDocument>;
type Candidate = Pick<WebhookDeliveryDocument, "_id" | "order" | "sequence" | "dueAt" | "tryCount">;

const AS_CANDIDATE = { projection: { order: 1, sequence: 1, dueAt: 1, tryCount: 1 } } as const;
/** What waits for another one is looked at this long after it, if nobody wakes it, in milliseconds. */
const AFTER_HEAD_MS = 1000;
/** Looks at what is due in one claim; each postpones what waits for others. */
const MAX_LOOKS = 20;
const PENDING = { dueAt: { $exists: true } } as const;

/** Claims of deliveries in their collection. */
export function createDeliveryClaims(deps: {
  webhookDeliveries: Deliveries;
  now: () => Date;
}): DeliveryClaims {
  const { webhookDeliveries, now } = deps;
  return {
    async nextLane(after) {
      const due = { lane: { $gt: after }, dueAt: { $lte: now() } };
      const found = webhookDeliveries.find(due, { projection: { lane: 1 } });
      const [first] = await found.sort({ lane: 1, dueAt: 1 }).limit(1).toArray();
      return first?.lane;
    },

    async nextDueAt() {
      const found = webhookDeliveries.find(PENDING, { projection: { dueAt: 1 } });
      const [first] = await found.sort({ dueAt: 1 }).limit(1).toArray();
      return first?.dueAt;
    },

    async claim(lane, { limit, leaseSeconds }) {
      const claimed: ClaimedDelivery[] = [];
      for (let looks = 0; looks < MAX_LOOKS && claimed.length < limit; looks += 1) {
        const at = now();
        const due = await findDue(webhookDeliveries, { lane, at, limit: limit - claimed.length });
        if (due.length === 0) break;
        const heads = await findHeads(webhookDeliveries, due);
        const lease = new Date(at.getTime() + leaseSeconds * 1000);
        for (const candidate of due) {
          const head = heads.get(candidate.order);
          if (head === undefined) continue;
          if (head._id !== candidate._id)
            await postpone(webhookDeliveries, { candidate, head, at });
          else claimed.push(...(await takeLease(webhookDeliveries, candidate, lease)));
        }
      }
      return claimed;
    },

    async noteTry({ _id, dueAt, tries: before }, done, end) {
      const isOver = "state" in end;
      // Nobody else notes a try while the lease is ours.
      const tries = [...before, done].slice(-MAX_KEPT_TRIES);
      const noted = await webhookDeliveries.findOneAndUpdate(
        { _id, dueAt },
        isOver
          ? { $set: { state: end.state, endedAt: now(), tries }, $unset: { dueAt: "" } }
          : { $set: { dueAt: end.dueAt, tries } },
        { returnDocument: "after", projection: { order: 1 } },
      );
      if (noted === null) return false;
      if (isOver) await wakeNext(webhookDeliveries, noted.order, now());
      return true;
    },
  };
}

function findDue(
  deliveries: Deliveries,
  { lane, at, limit }: { lane: string; at: Date; limit: number },
): Promise<Candidate[]> {
  return deliveries
    .find({ lane, dueAt: { $lte: at } }, AS_CANDIDATE)
    .sort({ dueAt: 1, sequence: 1 })
    .limit(limit)
    .toArray();
}

/** The first of each order that has not ended. */
async function findHeads(
  deliveries: Deliveries,
  due: readonly Candidate[],
): Promise<Map<string, Candidate>> {
  const orders = [...new Set(due.map(({ order }) => order))];
  const heads = await Promise.all(orders.map((order) => findHead(deliveries, order)));
  return new Map(heads.flatMap((head) => (head === undefined ? [] : [[head.order, head]])));
}

async function findHead(deliveries: Deliveries, order: string): Promise<Candidate | undefined> {
  const found = deliveries.find({ order, ...PENDING }, AS_CANDIDATE);
  const [head] = await found.sort({ order: 1, sequence: 1 }).limit(1).toArray();
  return head;
}

async function takeLease(
  deliveries: Deliveries,
  { _id, dueAt }: Candidate,
  lease: Date,
): Promise<ClaimedDelivery[]> {
  if (dueAt === undefined) return [];
  const taken = await deliveries.findOneAndUpdate(
    { _id, dueAt },
    { $set: { dueAt: lease }, $inc: { tryCount: 1 } },
    { returnDocument: "after" },
  );
  return taken === null ? [] : [{ ...shownDelivery(taken), ...lane(taken), dueAt: lease }];
}

function lane({ lane: name, body }: WebhookDeliveryDocument) {
  return { lane: name, body };
}

async function postpone(
  deliveries: Deliveries,
  { candidate, head, at }: { candidate: Candidate; head: Candidate; at: Date },
): Promise<void> {
  const { _id, order, dueAt } = candidate;
  if (dueAt === undefined) return;
  const after = Math.max(head.dueAt?.getTime() ?? 0, at.getTime()) + AFTER_HEAD_MS;
  await deliveries.updateOne({ _id, dueAt }, { $set: { dueAt: new Date(after) } });
  // The head may have ended between these two writes, and then nobody else wakes it.
  const isHead = (await findHead(deliveries, order))?._id === _id;
  if (isHead) await wakeNext(deliveries, order, at);
}

async function wakeNext(deliveries: Deliveries, order: string, at: Date): Promise<void> {
  const next = await findHead(deliveries, order);
  // One that was tried waits for its time.
  if (next === undefined || next.tryCount > 0) return;
  await deliveries.updateOne(
    { _id: next._id, tryCount: 0, dueAt: { $gt: at } },
    { $set: { dueAt: at } },
  );
}
