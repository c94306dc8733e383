/** Calls of one project that something is wrong with. */
export interface ProjectCalls {
  projectId: string;
  calls: number;
  /** The call log that has waited for the longest. */
  oldestId: string;
}

/** How full a queue is. */
export interface QueueFact {
  name: string;
  waiting: number;
  /** Age of the job that waits longest, in seconds; null when none waits. */
  oldestSeconds: number | null;
}

/** How the callbacks of the last five minutes came, and which providers' do not come at all. */
export interface CallbackFacts {
  recorded: number;
  /** 95 % were recorded within so many seconds; null for more than five minutes. */
  mostWithinSeconds: number | null;
  /** Attempts that went on, by the provider's answer to a look-up, without any callback: since the last callback of the provider that came. */
  silent: readonly { provider: string; attempts: number }[];
}

/** How far one limit of a project's budget is used up. */
export interface BudgetFact {
  projectId: string;
  cap: "day" | "month" | "prepaid";
  capUSD: string;
  committedUSD: string;
  /** Committed part of the limit; 1 is all of it. */
  share: number;
}

/** Refused queue requests that nobody has looked after, of one project or of none. */
export interface RefusedFact {
  /** Null: they name no project that exists. */
  projectId: string | null;
  requests: number;
}

/** What could be counted of projects; `isWhole` is false when there are more than were read. */
export interface ProjectFacts<Fact> {
  projects: readonly Fact[];
  isWhole: boolean;
}

/** What is known of the installation at one moment. A part that could not be read is undefined, and leaves its problems as they are. */
export interface HealthFacts {
  isRedisUp: boolean;
  /** Workers that are alive: those that take jobs, and those that are drained. */
  workers?: { taking: number; draining: number } | undefined;
  queues?: readonly QueueFact[] | undefined;
  callbacks?: CallbackFacts | undefined;
  pausedProviders: readonly { name: string; by: "person" | "configuration" }[];
  stuck: ProjectFacts<ProjectCalls>;
  unknown: ProjectFacts<ProjectCalls>;
  budgets: readonly BudgetFact[];
  refused: ProjectFacts<RefusedFact>;
}
