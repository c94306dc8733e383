import { randomUUID } from "node:crypto";

import { MongoClient } from "mongodb";

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

/** What a caller asks for. */
export type LeastRequest = Pick<LeastCall, "toNumber" | "say">;

/** The minimal writes of a call: itself, the claim, the answer, and one for each event. */
export interface LeastWrites {
  insert(request: LeastRequest): Promise<Pick<LeastCall, "_id" | "status">>;
  /** Whether nobody else has claimed it. */
  claim(_id: string): Promise<boolean>;
  answer(_id: string, providerCallId: string): Promise<void>;
  record(_id: string, event: InstantEvent): Promise<void>;
  close(): Promise<void>;
}

/** Writes calls as safely as the product does, with no index but that of their ids. */
export function openLeast(uri: string): LeastWrites {
  const client = new MongoClient(uri, { writeConcern: { w: "majority", journal: true } });
  const calls = client.db().collection<LeastCall>("leastCalls");
  return {
    async insert({ toNumber, say }) {
      const [_id, status] = [randomUUID(), STATUSES.queued];
      await calls.insertOne({ _id, createdAt: new Date(), toNumber, say, status, events: [] });
      return { _id, status };
    },
    async claim(_id) {
      const claim = { $set: { status: STATUSES.dialing, claimedAt: new Date() } };
      return (await calls.findOneAndUpdate({ _id, status: STATUSES.queued }, claim)) !== null;
    },
    async answer(_id, providerCallId) {
      await calls.updateOne({ _id }, { $set: { providerCallId } });
    },
    async record(_id, event) {
      const { sequence, status } = event;
      const change = { $max: { status: `${sequence + 3} ${status}` }, $push: { events: event } };
      await calls.updateOne({ _id }, change);
    },
    close: () => client.close(),
  };
}
