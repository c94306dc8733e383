import type { Problem, ProblemState } from "@call-log/model";

/** State of a problem between two checks, by its key. */
export interface ProblemDocument extends Omit<ProblemState, "key"> {
  _id: string;
  /** Grows with every change, so that two concurrent checks change nothing twice. */
  revision: number;
}

/** Destinations of an event beside the log. */
export type ProblemChannel = "webhook" | "call" | "endpoints";

/** Delivery of an event on one channel. */
export interface Delivery {
  tries: number;
  /** When it is tried next; absent once it is over. */
  nextAt?: Date;
  /** How it ended: delivered, or abandoned for this reason. */
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
  endpoints?: Delivery;
  /** When the TTL index removes it. */
  expireAt: Date;
}
