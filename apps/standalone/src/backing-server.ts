/** A server that the product talks to, and how to stop it if it is ours. */
export interface BackingServer {
  uri: string;
  /** What it is, for the welcome text. */
  label: string;
  /** How many dispatch jobs it may hold at a time, if it is a Redis that gets slow with many. */
  maxDispatchJobs?: number;
  /** How many jobs of a kind are worked on at a time, if it is a Redis that shares the processor with them. */
  maxConcurrency?: number;
  close(): Promise<void>;
}
