/** A planned attempt that is due and found no room in the queue. */
export interface BacklogDocument {
  /** The attempt. */
  _id: string;
  /** Rank in the order in which they are served; the lowest goes first. */
  rank: number;
  projectId: string;
  callLogId: string;
  attemptNumber: number;
  dueAt: Date;
  /** W3C traceparent of its call. */
  traceparent?: string | undefined;
}
