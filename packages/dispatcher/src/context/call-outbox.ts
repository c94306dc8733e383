import type { CallEventType, CallRecord } from "@call-log/model";

/** What decides who listens to a call. */
export type Listened = Pick<CallRecord, "projectId" | "notify" | "alertOrigin">;

/** Events of calls on their way to the deliveries: those of its own process at once, and what others left. */
export interface CallOutbox {
  /** Types of events that somebody asks for of this call; at most a second old. */
  wanted(call: Listened): Promise<ReadonlySet<CallEventType>>;
  /** Move the events that calls were just written with to the deliveries; in the background, in their order. */
  move(records: readonly CallRecord[]): void;
  /** Move what a process left that died, or that had no database, after it wrote events; how many calls. */
  moveLeft(): Promise<number>;
  /** Call this whenever there are new deliveries. */
  onMoved(listener: () => void): void;
  /** Resolves when what is under way is done. */
  idle(): Promise<void>;
}
