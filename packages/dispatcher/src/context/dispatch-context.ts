import type { CallbackKind, Provider } from "@call-log/provider";
import type {
  AlertSourceStore,
  AuditTrail,
  BackgroundMigrations,
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
  WebhookDeliveryStore,
  WebhookEndpointStore,
} from "@call-log/store";

import type { Limiter } from "../limiter/limiter.ts";
import type { AddressGuard } from "./address-guard.ts";
import type { CallOutbox } from "./call-outbox.ts";
import type { CallUpdateQueue } from "./call-update-queue.ts";
import type { CallbackSilence } from "./callback-silence.ts";
import type { DeliveryTimes } from "./delivery-times.ts";
import type { DispatcherSettings } from "./dispatcher-settings.ts";
import type { JobQueue } from "./job-queue.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Tracing } from "./tracing.ts";
import type { WrittenCalls } from "./written-calls.ts";

/** Callback addresses for an attempt, or undefined when no public address is known. */
export type CallbackUrlsFor = (attempt: {
  provider: string;
  attemptId: string;
}) => Record<CallbackKind, string> | undefined;

/** Everything the dispatcher works with. Functions take a `Pick` of it. */
export interface DispatchContext {
  calls: CallStore;
  projects: Pick<ProjectStore, "find">;
  providerStates: ProviderStateStore;
  callerIds: Pick<CallerIdStore, "of">;
  numberRefusals: NumberRefusalStore;
  doNotCall: Pick<DoNotCallStore, "among" | "hasList">;
  /** Providers by name. */
  providers: Readonly<Record<string, Provider>>;
  jobQueue: JobQueue;
  purposeLocks: PurposeLockStore;
  backlog: BacklogStore;
  calleeTurns: CalleeTurnStore;
  budgets: Omit<BudgetStore, "spending">;
  rollups: Pick<RollupStore, "build" | "verify">;
  backgroundMigrations: BackgroundMigrations;
  audit: Pick<AuditTrail, "fileLeft" | "line">;
  deadLetters: Pick<DeadLetterStore, "find" | "keep" | "settle">;
  rechecks: RecheckStore;
  /** Events of calls, on their way to the deliveries. */
  outbox: CallOutbox;
  alertSources: Pick<AlertSourceStore, "backOf">;
  webhookEndpoints: Pick<WebhookEndpointStore, "target" | "noteSuccess" | "noteFailure" | "isUsed">;
  webhookDeliveries: Pick<
    WebhookDeliveryStore,
    "nextLane" | "nextDueAt" | "claim" | "noteTry" | "failPending"
  >;
  /** Where requests may go that people or programs name the address of. */
  addressGuard: AddressGuard;
  /** @defaultValue `DELIVERY_TIMES` */
  deliveryTimes?: DeliveryTimes;
  limiter: Pick<Limiter, "take" | "farOff">;
  /** Changes that are under way in this process. */
  updateQueue: CallUpdateQueue;
  /** Calls as this process wrote them last. */
  writtenCalls: WrittenCalls;
  settings: DispatcherSettings;
  callbackUrlsFor: CallbackUrlsFor;
  callbackSilence: CallbackSilence;
  /** Names this process in the attempts that it claims. */
  workerId: string;
  now: () => Date;
  log: Log;
  metrics: Metrics;
  /** @defaultValue no spans are made */
  tracing?: Tracing | undefined;
  /** The request that is served, for the jobs that it adds; absent where there is none. */
  requestId?: string | undefined;
}
