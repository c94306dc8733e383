import { accountLimit, type Dispatcher, type QueueDepth } from "@call-log/dispatcher";
import type { Problem } from "@call-log/model";
import type { DeadLetterHealth, DeliveryHealth, InstallationLoad, Store } from "@call-log/store";

/** What is known of an installation at a moment; a part that could not be read is undefined. */
export interface InstallationReading {
  mongodb: boolean;
  redis: boolean;
  load: InstallationLoad | undefined;
  deadLetters: DeadLetterHealth | undefined;
  deliveries: DeliveryHealth | undefined;
  webhooksDisabled: number | undefined;
  /** Provider accounts by name, with whether they are paused. */
  paused: Readonly<Record<string, boolean>> | undefined;
  /** Problems that call-log has found. */
  problems: readonly Problem[] | undefined;
  workers: number | undefined;
  queues: readonly QueueDepth[] | undefined;
  /** Attempts that wait for their turn, by account with a limit. */
  limiters: Readonly<Record<string, number>> | undefined;
  databaseBytes: number | undefined;
}

/** What an installation is read from. */
export interface InstallationSources {
  store: Pick<
    Store,
    | "ping"
    | "load"
    | "deadLetters"
    | "providerStates"
    | "problems"
    | "webhookDeliveries"
    | "webhookEndpoints"
  >;
  dispatcher: Pick<Dispatcher, "queues" | "context">;
  /** Whether a provider account is given addresses to call back. */
  isCalledBack: (provider: string) => boolean;
  /** Size of an embedded database, in bytes. */
  databaseBytes?: (() => Promise<number>) | undefined;
}

/** Read an installation, each part by itself. */
export async function readInstallation(sources: InstallationSources): Promise<InstallationReading> {
  const { store, dispatcher, databaseBytes } = sources;
  const { queues } = dispatcher;
  const [deliveries, disabled] = await Promise.all([
    found(store.webhookDeliveries.health()),
    found(store.webhookEndpoints.countDisabled()),
  ]);
  const [mongodb, load, deadLetters, states, problems, redis, workers, depths, limiters, bytes] =
    await Promise.all([
      found(store.ping()),
      found(store.load()),
      found(store.deadLetters.health()),
      found(store.providerStates.list()),
      found(store.problems.current()),
      found(queues.ping()),
      found(queues.presence.list()),
      found(queues.depths()),
      found(readLimiters(dispatcher)),
      databaseBytes && found(databaseBytes()),
    ]);
  const accounts = Object.keys(dispatcher.context.providers);
  return {
    mongodb: mongodb !== undefined,
    redis: redis !== undefined,
    load: load?.value,
    deadLetters: deadLetters?.value,
    deliveries: deliveries?.value,
    webhooksDisabled: disabled?.value,
    paused:
      states &&
      Object.fromEntries(
        accounts.map((account) => [
          account,
          states.value.some(({ _id, paused }) => _id === account && paused !== undefined),
        ]),
      ),
    problems: problems?.value,
    workers: workers?.value.length,
    queues: depths?.value,
    limiters: limiters?.value,
    databaseBytes: bytes?.value,
  };
}

// That a server is away is a metric of its own, and the connection has logged the cause.
async function found<T>(work: Promise<T>): Promise<{ value: T } | undefined> {
  try {
    return { value: await work };
  } catch {
    return undefined;
  }
}

async function readLimiters({
  queues,
  context: { settings, providers, now },
}: InstallationSources["dispatcher"]): Promise<Record<string, number>> {
  const waiting = Object.entries(providers).map(async ([account, provider]) => {
    const perSecond = accountLimit(settings, provider);
    if (perSecond === undefined) return [];
    const { waiting: count } = await queues.limiter.use(account, { perSecond, now: now() });
    return [[account, count] as const];
  });
  return Object.fromEntries((await Promise.all(waiting)).flat());
}
