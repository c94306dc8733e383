import type { DueEvent, ProblemChannel } from "@call-log/store";

/** How a try to deliver an event went: it is over, with its result, or has to be repeated. */
export type TryResult = { result: string } | { failed: string };

/** Where events go beside the log, and how one is sent. */
export interface HealthChannel {
  name: ProblemChannel;
  /** Longest time of a try, in seconds. */
  patienceSeconds: number;
  /** Never rejects for what the other side does. */
  send(event: DueEvent): Promise<TryResult>;
}
