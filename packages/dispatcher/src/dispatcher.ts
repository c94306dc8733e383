import { randomUUID } from "node:crypto";
import { hostname } from "node:os";

import type {
  AlertSource,
  CallLogError,
  CallRecord,
  CallRequest,
  CallResolution,
  DeadLetter,
} from "@call-log/model";
import type { Provider } from "@call-log/provider";
import type { Store } from "@call-log/store";

import type { Acceptance, Intake } from "./accept/accept-call.ts";
import { acceptCall, acceptCalls } from "./accept/accept-call.ts";
import {
  type DeadLetterRef,
  dropDeadLetter,
  replayDeadLetter,
} from "./accept/settle-dead-letter.ts";
import { checkAlertSource } from "./alerts/check-alert-source.ts";
import { type AlertPreview, previewAlerts } from "./alerts/preview-alerts.ts";
import { type TakenAlerts, takeAlerts } from "./alerts/take-alerts.ts";
import { callNow } from "./commands/call-now.ts";
import type { CallRef } from "./commands/call-ref.ts";
import { cancelCall } from "./commands/cancel-call.ts";
import { endRunning, type EndedCalls, type Reaching } from "./commands/end-running.ts";
import { previewCall, type RequestPreview } from "./commands/preview-call.ts";
import { previewRetry, type RetryPreview } from "./commands/preview-retry.ts";
import { type CallRehearsal, rehearseCall } from "./commands/rehearse-call.ts";
import { resolveCall } from "./commands/resolve-call.ts";
import { calledAgain, retryCall } from "./commands/retry-call.ts";
import { type BulkRetry, retryInBulk, undoInBulk } from "./commands/retry-in-bulk.ts";
import { runOnMany, type CallRefs } from "./commands/run-on-many.ts";
import { createCallUpdateQueue } from "./context/call-update-queue.ts";
import { createCallbackSilence } from "./context/callback-silence.ts";
import type { CallbackUrlsFor, DispatchContext } from "./context/dispatch-context.ts";
import type { DispatcherSettings } from "./context/dispatcher-settings.ts";
import { type Log, withFields } from "./context/log.ts";
import { createMetrics, type Metrics } from "./context/metrics.ts";
import type { Tracing } from "./context/tracing.ts";
import { createWrittenCalls } from "./context/written-calls.ts";
import { tracedProvider } from "./providers/traced-provider.ts";
import type { Queues } from "./queues/queues.ts";
import { createAddressGuard } from "./webhooks/address-guard.ts";
import { createOutboxMover } from "./webhooks/outbox-mover.ts";
import { testWebhook, type WebhookTest } from "./webhooks/test-webhook.ts";
import { tryAlertSource, type TriedSource } from "./webhooks/try-alert-source.ts";

/** Parts of a dispatcher. */
export interface DispatcherOptions {
  store: Pick<
    Store,
    | "calls"
    | "projects"
    | "providerStates"
    | "callerIds"
    | "numberRefusals"
    | "doNotCall"
    | "purposeLocks"
    | "backlog"
    | "calleeTurns"
    | "budgets"
    | "rollups"
    | "backgroundMigrations"
    | "audit"
    | "deadLetters"
    | "rechecks"
    | "outbox"
    | "webhookEndpoints"
    | "webhookDeliveries"
    | "alertSources"
  >;
  queues: Queues;
  providers: readonly Provider[];
  settings: DispatcherSettings;
  log: Log;
  /** @defaultValue no spans are made */
  tracing?: Tracing | undefined;
  /** @defaultValue no addresses: calls are followed by polling */
  callbackUrlsFor?: CallbackUrlsFor;
  /** Addresses and ranges that requests may go to beside the public ones. @defaultValue none */
  allowedAddresses?: readonly string[];
  /** @defaultValue the system clock */
  now?: () => Date;
  /** Counters and measurements. @defaultValue counters only */
  metrics?: Metrics;
  /** @defaultValue host name, process id and a random part */
  workerId?: string;
}

/** All operations on calls, for the transports; `startWorkers` runs the workers. */
export interface Dispatcher {
  /** Accept one parsed request. Throws a `CallLogError` for what can't be accepted. */
  accept(intake: Intake & { projectId: string; requestId?: string }): Promise<Acceptance>;
  /**
   * Accept up to 1,000 requests as JSON, each with its own answer in their order; an Error that is no `CallLogError` is
   * the database's.
   */
  acceptMany(batch: {
    projectId: string;
    requests: readonly unknown[];
    requestId?: string;
  }): Promise<(Acceptance | Error)[]>;
  /** What would become of a request; nothing is written. */
  preview(intake: { projectId: string; request: CallRequest }): Promise<RequestPreview>;
  /** The same, and the call itself played on the simulated carrier in memory; nothing is written. */
  rehearse(intake: Parameters<typeof rehearseCall>[1]): Promise<CallRehearsal>;
  /** Take a notification of an alert source: place and stop its calls. */
  takeAlerts(source: AlertSource, body: unknown, requestId?: string): Promise<TakenAlerts>;
  /** What a notification would do. */
  previewAlerts(source: AlertSource, body: unknown): Promise<AlertPreview[]>;
  /** Throws a BAD_REQUEST when the project could place no call by the rule of a source. */
  checkAlertSource(source: Parameters<typeof checkAlertSource>[1]): Promise<void>;
  /** Try how an alert source is informed of acknowledgements, without an alert; undefined when it is not informed. */
  trySource(projectId: string, sourceId: string): Promise<TriedSource | undefined>;
  /** Cancel a call; returns the call afterwards. */
  cancel(ref: CallRef): Promise<CallRecord>;
  /** Cancel up to 1,000 calls, each with its own answer in their order. */
  cancelMany(refs: CallRefs): Promise<(CallRecord | CallLogError)[]>;
  /** End the running calls of a project, a provider account, or all, after a pause; takes seconds. */
  endRunning(reach: Reaching): Promise<EndedCalls>;
  /** Dial a waiting call now, for a reason in words; returns the call afterwards. */
  callNow(ref: CallRef, reason: string): Promise<CallRecord>;
  /** Call again, once a call is over. */
  retry(ref: CallRef): Promise<Acceptance>;
  /** What a person should know before calling again. */
  previewRetry(ref: CallRef): Promise<RetryPreview>;
  /** The same for each of up to 1,000 calls, in their order, or why there is none. */
  previewRetryMany(refs: CallRefs): Promise<(RetryPreview | CallLogError)[]>;
  /** The call log that calls this one again; undefined when there is none. */
  calledAgain(ref: CallRef): Promise<CallRecord | undefined>;
  /** Call up to 1,000 again, each with its own answer in their order. */
  retryMany(refs: CallRefs): Promise<(Acceptance | CallLogError)[]>;
  /** Call up to 1,000 again as the act of this id, which can be undone for some seconds. */
  retryInBulk(refs: CallRefs, id: string): Promise<BulkRetry>;
  /** Cancel those of up to 1,000 calls of this act that are not dialled yet, each with its own answer in their order. */
  undoBulk(refs: CallRefs, id: string): Promise<(CallRecord | CallLogError)[]>;
  /** Resolve a call that is held as unknown; returns the call afterwards. */
  resolve(ref: CallRef, resolution: CallResolution): Promise<CallRecord>;
  /** Accept a refused request of the queue again; idempotent. */
  replayDeadLetter(ref: DeadLetterRef): Promise<Acceptance>;
  /** Drop a refused request of the queue. */
  dropDeadLetter(ref: DeadLetterRef): Promise<DeadLetter>;
  /** Send a test event to a webhook endpoint now; undefined when there is no such endpoint. */
  testWebhook(which: {
    endpointId: string;
    projectId: string | null;
  }): Promise<WebhookTest | undefined>;
  /** Context of the commands. */
  readonly context: DispatchContext;
  /** The queues, for adding events and asking Redis. */
  readonly queues: Queues;
}

/** Create a dispatcher over a store, queues and providers. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const context = contextOf(options);
  const { queues } = options;
  return {
    accept: ({ requestId, ...intake }) => acceptCall(forRequest(context, requestId), intake),
    acceptMany: ({ requestId, ...batch }) => acceptCalls(forRequest(context, requestId), batch),
    preview: (intake) => previewCall(context, intake),
    rehearse: (intake) => rehearseCall(context, intake),
    takeAlerts: (source, body, requestId) =>
      takeAlerts(forRequest(context, requestId), source, body),
    previewAlerts: (source, body) => previewAlerts(context, source, body),
    checkAlertSource: (source) => checkAlertSource(context, source),
    trySource: (projectId, sourceId) => tryAlertSource(context, projectId, sourceId),
    cancel: (ref) => cancelCall(context, ref),
    cancelMany: (refs) => runOnMany(refs, (ref) => cancelCall(context, ref)),
    endRunning: (reach) => endRunning(context, reach),
    callNow: (ref, reason) => callNow(context, ref, reason),
    retry: (ref) => retryCall(context, ref),
    previewRetry: (ref) => previewRetry(context, ref),
    previewRetryMany: (refs) => runOnMany(refs, (ref) => previewRetry(context, ref)),
    calledAgain: (ref) => calledAgain(context, ref),
    retryMany: (refs) => runOnMany(refs, (ref) => retryCall(context, ref)),
    retryInBulk: (refs, id) => retryInBulk(context, refs, id),
    undoBulk: (refs, id) => runOnMany(refs, (ref) => undoInBulk(context, ref, id)),
    resolve: (ref, resolution) => resolveCall(context, ref, resolution),
    replayDeadLetter: (ref) => replayDeadLetter(context, ref),
    dropDeadLetter: (ref) => dropDeadLetter(context, ref),
    testWebhook: (which) => testWebhook(context, which),
    context,
    queues,
  };
}

// So that its lines and jobs name the request.
function forRequest(context: DispatchContext, requestId: string | undefined): DispatchContext {
  if (requestId === undefined) return context;
  return { ...context, requestId, log: withFields(context.log, { requestId }) };
}

function contextOf(options: DispatcherOptions): DispatchContext {
  const { store, queues, providers, settings, log, tracing, now = () => new Date() } = options;
  const projects: DispatchContext["projects"] = { find: (id) => store.projects.recent(id) };
  return {
    calls: store.calls,
    projects,
    ...webhooksOf(options, { projects, now }),
    providerStates: store.providerStates,
    callerIds: store.callerIds,
    numberRefusals: store.numberRefusals,
    doNotCall: store.doNotCall,
    purposeLocks: store.purposeLocks,
    backlog: store.backlog,
    calleeTurns: store.calleeTurns,
    budgets: store.budgets,
    rollups: store.rollups,
    backgroundMigrations: store.backgroundMigrations,
    audit: store.audit,
    deadLetters: store.deadLetters,
    rechecks: store.rechecks,
    providers: Object.fromEntries(
      providers.map((provider) => [provider.name, tracedProvider(provider, tracing)]),
    ),
    jobQueue: queues,
    limiter: queues.limiter,
    updateQueue: createCallUpdateQueue(),
    writtenCalls: createWrittenCalls(),
    settings,
    callbackUrlsFor: options.callbackUrlsFor ?? (() => undefined),
    callbackSilence: createCallbackSilence(now),
    workerId: options.workerId ?? `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`,
    now,
    log,
    metrics: options.metrics ?? createMetrics(),
    tracing,
  };
}

function webhooksOf(
  { store, log, allowedAddresses = [] }: DispatcherOptions,
  shared: Pick<DispatchContext, "projects" | "now">,
) {
  const { outbox, webhookEndpoints, webhookDeliveries, alertSources } = store;
  const endpoints = webhookEndpoints;
  const stores = { outbox, endpoints, deliveries: webhookDeliveries, alertSources };
  return {
    outbox: createOutboxMover({ ...stores, ...shared, log }),
    webhookEndpoints,
    webhookDeliveries,
    alertSources,
    addressGuard: createAddressGuard(allowedAddresses),
  };
}
