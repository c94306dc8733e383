import type { DispatchJob, ProviderEvent } from "@call-log/model";

/** A dispatch job and how long it waits. */
export interface DelayedDispatch {
  attemptId: string;
  job: DispatchJob;
  delayMs: number;
  /** Goes before all that wait, as an emergency does. */
  goesFirst?: true;
  /** Comes before the time that its attempt's job waits for, beside that job. */
  isEarlier?: true;
}

/**
 * Whether a job is added when its attempt is planned, by the sweeper because it may be lost, because it has waited in the backlog, or (`now`) because the attempt
 * goes earlier than was planned: then beside the job that waits for the later time, which finds nothing to do.
 */
export type Urgency = "new" | "again" | "backlog" | "now";

/** The queues as the acts see them; they know nothing of BullMQ. Each rejects soon when the queue is away. */
export interface JobQueue {
  /** The queue takes no more than it has room for; those that found none come back. */
  addDispatches(
    dispatches: readonly DelayedDispatch[],
    urgency?: Urgency,
  ): Promise<DelayedDispatch[]>;
  /** How many attempts of the backlog the queue takes now. */
  room(): Promise<number>;
  /** Whether the queue has room for one more job that is due later. */
  hasRoomToWait(): Promise<boolean>;
  /** Whether attempts wait in the backlog, as far as this process knows. */
  hasBacklog: boolean;
  addEvents(events: readonly ProviderEvent[]): Promise<void>;
}
