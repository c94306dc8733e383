import { type DeliveryTry, MAX_KEPT_TRIES, type SentWebhookDelivery } from "@call-log/model";
import type { Collection } from "mongodb";

import {
  AS_CANDIDATE,
  type Candidate,
  findHeads,
  findNext,
  makeDue,
  PENDING,
  postpone,
} from "./delivery-order.ts";
import { shownDelivery } from "./delivery-reads.ts";
import type { WebhookDeliveryDocument } from "./webhook-documents.ts";

/** A delivery that this process may send, until the lease ends. */
export interface ClaimedDelivery extends SentWebhookDelivery {
  lane: string;
  dueAt: Date;
}

/** How a try went: the delivery is over, or it is tried again at a time. */
export type TryEnd = { state: "delivered" | "failed" } | { dueAt: Date };

/** What follows from a try that was to be noted. */
export interface NotedTry {
  /** False when the lease had ended and somebody else has the delivery. */
  isOurs: boolean;
  /** The next delivery of the same order, which this process may send now. */
  next?: ClaimedDelivery;
}

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
  /** Note a try. When the delivery is over, the next of its order is taken for `leaseSeconds`, or without that is due for any process. */
  noteTry(
    delivery: ClaimedDelivery,
    tried: { done: DeliveryTry; end: TryEnd; leaseSeconds?: number | undefined },
  ): Promise<NotedTry>;
}

type Deliveries = Collection<WebhookDeliveryDocument>;

/** Due deliveries that are looked at together. */
const BATCH = 50;
/** Looks at what is due in one claim; each postpones what waits for others. */
const MAX_LOOKS = 20;

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
        const due = await findDue(webhookDeliveries, lane, at);
        const heads = await findHeads(webhookDeliveries, due);
        const isHead = ({ _id, order }: Candidate) => heads.get(order)?._id === _id;
        const woken = await postpone(webhookDeliveries, {
          behind: due.filter((one) => !isHead(one)),
          heads,
          at,
        });
        const lease = leaseFrom(at, leaseSeconds);
        for (const head of due.filter(isHead).slice(0, limit - claimed.length))
          claimed.push(...(await takeLease(webhookDeliveries, head, lease)));
        if (due.length < BATCH && woken === 0) break;
      }
      return claimed;
    },

    async noteTry({ _id, dueAt, tries: before }, { done, end, leaseSeconds }) {
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
      if (noted === null) return { isOurs: false };
      if (!isOver) return { isOurs: true };
      const next = await handOn(deps, noted.order, leaseSeconds);
      return { isOurs: true, ...(next && { next }) };
    },
  };
}

/** Take the next delivery of an order if nobody has it and it has not failed; without a lease, let any process take it. */
async function handOn(
  { webhookDeliveries, now }: { webhookDeliveries: Deliveries; now: () => Date },
  order: string,
  leaseSeconds: number | undefined,
): Promise<ClaimedDelivery | undefined> {
  const next = await findNext(webhookDeliveries, order);
  if (next === undefined) return undefined;
  if (leaseSeconds !== undefined) {
    const [taken] = await takeLease(webhookDeliveries, next, leaseFrom(now(), leaseSeconds));
    return taken;
  }
  await makeDue(webhookDeliveries, next, now());
  return undefined;
}

function leaseFrom(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}

function findDue(deliveries: Deliveries, lane: string, at: Date): Promise<Candidate[]> {
  return deliveries
    .find({ lane, dueAt: { $lte: at } }, AS_CANDIDATE)
    .sort({ dueAt: 1, sequence: 1 })
    .limit(BATCH)
    .toArray();
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
