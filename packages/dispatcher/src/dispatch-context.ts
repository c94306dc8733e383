import type { DispatchJob, Project, ProviderEvent } from "@call-log/model";
import { CallLogError } from "@call-log/model";
import type { CallbackKind, Provider } from "@call-log/provider";
import type {
  AuditTrail,
  BacklogStore,
  BudgetStore,
  CallerIdStore,
  CalleeTurnStore,
  CallStore,
  DeadLetterStore,
  DoNotCallStore,
  PurposeLockStore,
  RecheckStore,
  NumberRefusalStore,
  ProjectStore,
  ProviderStateStore,
  RollupStore,
} from "@call-log/store";

import type { Limiter } from "./dispatch/limiter/limiter.ts";
import type { DispatcherSettings } from "./dispatcher-settings.ts";
import type { Log } from "./log.ts";
import type { Tally } from "./metrics.ts";
import type { CallLanes } from "./record/call-update-queue.ts";

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
export type Urgency = "new" | "again" | "handOver" | "now";

/** The queues as the acts see them; they know nothing of BullMQ. Each rejects soon when the queue is away. */
export interface Outbox {
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

/** Callback addresses for an attempt, or undefined when no public address is known. */
export type CallbackUrlsFor = (attempt: {
  provider: string;
  attemptId: string;
}) => Record<CallbackKind, string> | undefined;

/** Everything that the acts need. */
export interface DispatchContext {
  calls: CallStore;
  projects: Pick<ProjectStore, "find">;
  providerStates: ProviderStateStore;
  callerIds: Pick<CallerIdStore, "of">;
  numberRefusals: NumberRefusalStore;
  doNotCall: Pick<DoNotCallStore, "among" | "hasList">;
  /** Providers by name. */
  providers: Readonly<Record<string, Provider>>;
  outbox: Outbox;
  purposeLocks: PurposeLockStore;
  backlog: BacklogStore;
  calleeTurns: CalleeTurnStore;
  budgets: Omit<BudgetStore, "spending">;
  rollups: Pick<RollupStore, "build" | "verify">;
  audit: Pick<AuditTrail, "fileLeft" | "line">;
  deadLetters: Pick<DeadLetterStore, "find" | "keep" | "settle">;
  rechecks: RecheckStore;
  limiter: Pick<Limiter, "take">;
  /** Changes that are under way in this process. */
  lanes: CallLanes;
  settings: DispatcherSettings;
  callbackUrlsFor: CallbackUrlsFor;
  /** Names this process in the attempts that it claims. */
  workerId: string;
  now: () => Date;
  log: Log;
  tally: Tally;
}
