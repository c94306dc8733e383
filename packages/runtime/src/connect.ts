import { hostname } from "node:os";

import {
  createDispatcher,
  createQueues,
  errorFields,
  startSharedClock,
  type CallbackUrlsFor,
  type Dispatcher,
  type DispatcherSettings,
  type Log,
  type Queues,
} from "@call-log/dispatcher";
import { RELEASE_VERSION } from "@call-log/model";
import { callbackUrls, type Provider, type ProviderAccount } from "@call-log/provider";
import { connectStore, type ProcessInfo, type Store } from "@call-log/store";

import { closingStack } from "./closing-stack.ts";
import type { Logger } from "./logger.ts";
import { createProcessMetrics, type ProcessMetrics } from "./metrics/process-metrics.ts";
import type { MisspeltSetting } from "./misspelt-settings.ts";
import { type Observing, startObserving } from "./observe.ts";
import { startPresence } from "./process-presence.ts";
import type { ProcessSettings } from "./process-settings.ts";
import type { Secrets } from "./secrets/derive-secrets.ts";
import { openSecrets } from "./secrets/open-secrets.ts";
import { StartError } from "./start-error.ts";
import { commandSpan } from "./tracing/command-span.ts";
import { watchHealth } from "./watch/health-watch.ts";
import { watchOutage } from "./watched-log.ts";
import { allowedAddresses } from "./webhook-settings.ts";

/** What a process connects to. */
export interface ConnectOptions {
  /** What the process is: `api`, `worker` or `standalone`. */
  role: string;
  mongodbUri: string;
  redisUrl: string;
  /** Base address under which providers reach the api; without it calls are followed by polling. */
  publicUrl: string | undefined;
  /** Where this machine alone reaches the api: good for providers that run on it, when there is no public address. */
  localUrl?: string;
  /** How many dispatch jobs a small Redis may hold at a time, where that is less than `MAX_DISPATCH_JOBS`. */
  maxDispatchJobs?: number;
  config: ProcessSettings & {
    dispatcher: DispatcherSettings;
    accounts: ProviderAccount[];
    /** Address that the process listens on. */
    HOST?: string;
    misspelt?: readonly MisspeltSetting[];
  };
}

/** A dispatcher with everything that it stands on. */
export interface Connections {
  store: Store;
  dispatcher: Dispatcher;
  /** Providers by name. */
  providers: Readonly<Record<string, Provider>>;
  /** The log of the process. */
  log: Logger;
  /** The keys that callback addresses are signed with. */
  secrets: Secrets;
  /** Metrics of this process; undefined where no setting says where they are served. */
  metrics: ProcessMetrics | undefined;
  /** Base of the addresses that a provider calls back; undefined for one that can't reach us. */
  callbackBaseOf: (provider: string) => string | undefined;
  /** Close queues, providers and database; close workers and servers before. */
  close(): Promise<void>;
}

/** Connect to database, queue and provider. Throws a StartError that says which of them is away or not set up. */
export async function connect(options: ConnectOptions): Promise<Connections> {
  const closing = closingStack();
  try {
    const connections = await open(options, closing);
    closing.add(watchHealth(connections, options.config));
    return connections;
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function open(
  { role, mongodbUri, redisUrl, maxDispatchJobs, publicUrl, localUrl, config }: ConnectOptions,
  closing: ReturnType<typeof closingStack>,
): Promise<Connections> {
  const { log, mongodb, tracing } = closing.add(await startObserving(role, config));
  for (const { name, meant } of config.misspelt ?? [])
    log.warn({ setting: name, meant }, `${name} is no setting; ${meant} may be meant`);
  const prefix = config.QUEUE_PREFIX;
  const queues = closing.add(
    createQueues({
      redisUrl,
      log,
      tracing,
      ...(prefix !== undefined && { prefix }),
      maxDispatchJobs: Math.min(config.dispatcher.maxDispatchJobs, maxDispatchJobs ?? Infinity),
    }),
  );
  await requireRedis(queues);
  const { now } = closing.add(await startSharedClock(queues, queues.watch.outage.quiet(log)));
  const store = closing.add(await openStore({ mongodbUri, config }, { now, mongodb, tracing }));
  const secrets = await openSecrets({ instance: store.instance, settings: config, now, log });
  const providers = config.accounts.map((account) =>
    closing.add(account.open({ dataDir: config.DATA_DIR, now })),
  );
  await Promise.all(providers.map((provider) => requireCredentials(provider, log)));
  const local = new Set(config.accounts.flatMap(({ name, isLocal }) => (isLocal ? [name] : [])));
  const callbackBaseOf = (provider: string) =>
    publicUrl ?? (local.has(provider) ? localUrl : undefined);
  const metrics = metricsOf(role, config);
  const dispatcher = createDispatcher({
    ...(metrics && { metrics: metrics.dispatcher }),
    store,
    queues,
    providers,
    settings: config.dispatcher,
    log,
    tracing,
    now,
    allowedAddresses: allowedAddresses({ ...config, role, host: config.HOST, publicUrl }),
    callbackUrlsFor: callbackUrlsOf(secrets, callbackBaseOf),
  });
  // Events on their way are in their calls anyhow; this only saves others the work.
  closing.add({ close: () => dispatcher.context.outbox.idle() });
  closing.add(
    await startPresence({ processes: store.processes, info: infoOf(role, dispatcher), log }),
  );
  return {
    store,
    dispatcher,
    providers: dispatcher.context.providers,
    log,
    secrets,
    metrics,
    callbackBaseOf,
    close: () => closing.close(),
  };
}

function callbackUrlsOf(secrets: Secrets, baseOf: Connections["callbackBaseOf"]): CallbackUrlsFor {
  return (attempt) => {
    const base = baseOf(attempt.provider);
    return base === undefined
      ? undefined
      : callbackUrls({ ...attempt, publicUrl: base, callbackKey: secrets.callbacks.current });
  };
}

// What nobody reads is not counted.
function metricsOf(
  role: string,
  { METRICS_PORT, METRICS_TOKEN, accounts }: ConnectOptions["config"],
): ProcessMetrics | undefined {
  if (METRICS_PORT === undefined && METRICS_TOKEN === undefined) return undefined;
  return createProcessMetrics({
    version: RELEASE_VERSION,
    role,
    providers: accounts.map(({ name }) => name),
  });
}

function openStore(
  { mongodbUri, config }: Pick<ConnectOptions, "mongodbUri" | "config">,
  { now, mongodb, tracing }: Pick<Observing, "mongodb" | "tracing"> & { now: () => Date },
): Promise<Store> {
  return connectStore({
    uri: mongodbUri,
    now,
    auditRetentionDays: config.AUDIT_RETENTION_DAYS,
    deadLetterRetentionDays: config.DEAD_LETTER_RETENTION_DAYS,
    onReach: watchOutage(mongodb),
    ...(tracing && { onCommand: commandSpan(tracing) }),
  });
}

function infoOf(
  role: string,
  { context: { workerId: id, providers, now } }: Pick<Dispatcher, "context">,
): ProcessInfo {
  const accounts = Object.entries(providers);
  return {
    id,
    role,
    host: hostname(),
    pid: process.pid,
    startedAt: now(),
    release: RELEASE_VERSION,
    providers: accounts.map(([name]) => name),
    simulated: accounts.flatMap(([name, { isSimulated }]) => (isSimulated === true ? [name] : [])),
  };
}

async function requireRedis(queues: Queues): Promise<void> {
  try {
    await queues.ping();
  } catch (cause) {
    throw new StartError("REDIS_URL: no Redis server answers there", { cause });
  }
}

// A provider that is away for now is no reason to take no calls; one that refuses us is.
async function requireCredentials(provider: Provider, log: Log): Promise<void> {
  const checked = await provider.check().catch((error: unknown) => {
    log.warn(
      { provider: provider.name, ...errorFields(error) },
      "the provider can't be asked whether its credentials are good",
    );
    return { ok: true } as const;
  });
  if (!checked.ok) throw new StartError(`PROVIDER: ${provider.name}: ${checked.reason}`);
}
