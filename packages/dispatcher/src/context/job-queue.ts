import type { DispatchJob, ProviderEvent } from "@call-log/model";

/** A dispatch job and how long it waits. */
export interface DelayedDispatch {
  attemptId: string;
  job: DispatchJob;
  delayMs: number;
  /** Overtakes all waiting jobs, as an emergency does. */
  goesFirst?: true;
  /** W3C traceparent of the span that it follows from. */
  traceparent?: string | undefined;
  /** The request that it follows from. */
  requestId?: string | undefined;
  /** An additional job that runs earlier than the attempt's present one. */
  isEarlier?: true;
  /** It comes at a time that it was told, so it does not stand behind the backlog. */
  comesBack?: true;
}

/**
 * Whether a job is added when its attempt is planned, by the sweeper because it may be lost, because it has waited in the backlog, or (`now`) because the attempt
 * goes earlier than was planned: then beside the job that waits for the later time, which finds nothing to do.
 */
export type Urgency = "new" | "again" | "backlog" | "now";

/** The queues without BullMQ. Every call rejects within seconds when Redis is away. */
export interface JobQueue {
  /** Adds as many as the queue has capacity for; returns the others. */
  addDispatches(
    dispatches: readonly DelayedDispatch[],
    urgency?: Urgency,
  ): Promise<DelayedDispatch[]>;
  /** How many attempts of the backlog the queue has capacity for now. */
  room(): Promise<number>;
  /** Whether the queue has capacity for one more job that is due later. */
  hasRoomToWait(): Promise<boolean>;
  /** Whether attempts wait in the backlog, as far as this process knows. */
  hasBacklog: boolean;
  /** Whether Redis is known to be away, which the log has said. @defaultValue false */
  readonly isAway?: boolean;
  addEvents(events: readonly ProviderEvent[]): Promise<void>;
}
