import { MongoClient, type Collection } from "mongodb";

import type { InstantEvent } from "./instant-call.ts";

/** The least that a call log could be. */
export interface LeastCall {
  _id: string;
  createdAt: Date;
  toNumber: string;
  say: string;
  status: string;
  claimedAt?: Date;
  providerCallId?: string;
  events: InstantEvent[];
}

/** Statuses in their order as text, so that `$max` moves one only forward, in one write and without a read. */
export const STATUSES = { queued: "0 queued", dialing: "1 dialing", over: "6 completed" };

/** Status that an event moves a call to. */
export function statusAfter({ sequence, status }: InstantEvent): string {
  return `${sequence + 3} ${status}`;
}

/** The calls of the least dispatcher, written as safely as those of the product, with no index but that of their ids. */
export function openLeast(uri: string): { calls: Collection<LeastCall>; client: MongoClient } {
  const client = new MongoClient(uri, { writeConcern: { w: "majority", journal: true } });
  return { client, calls: client.db().collection<LeastCall>("leastCalls") };
}
