import type { Problem, ProblemState } from "@call-log/model";

/** What is kept of a problem between two looks, by its key. */
export interface ProblemDocument extends Omit<ProblemState, "key"> {
  _id: string;
  /** Grows with every change, so that two processes that look at a time change nothing twice. */
  revision: number;
}

/** Where an event goes beside the log. */
export type ProblemChannel = "webhook" | "call";

/** How far the delivery of an event is on one channel. */
export interface Delivery {
  tries: number;
  /** When it is tried next; absent once it is over. */
  nextAt?: Date;
  /** How it ended: arrived, or given up for this reason. */
  result?: string;
}

/** A problem that began or ended. */
export interface ProblemEventDocument extends Omit<Problem, "id"> {
  /** Id of the problem, and `began` or `ended`. */
  _id: string;
  problemId: string;
  kind: "began" | "ended";
  at: Date;
  webhook?: Delivery;
  call?: Delivery;
  /** When the TTL index removes it. */
  expireAt: Date;
}
