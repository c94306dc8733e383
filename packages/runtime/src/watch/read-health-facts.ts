import {
  callbackLagOf,
  type DispatcherSettings,
  type Queues,
  silentProviders,
} from "@call-log/dispatcher";
import type { HealthFacts } from "@call-log/model";
import type { Store } from "@call-log/store";

/** What the facts are read from. */
export interface FactSources {
  store: Pick<Store, "projectFacts" | "providerStates" | "processes">;
  queues: Pick<Queues, "presence" | "depths">;
  settings: Pick<DispatcherSettings, "unknownWindowSeconds">;
  now: () => Date;
}

/** How the installation does at this moment; rejects while the database is away. */
export async function readHealthFacts(sources: FactSources): Promise<HealthFacts> {
  const { store, settings, now } = sources;
  const unknownSeconds = settings.unknownWindowSeconds;
  const [redis, projects, states, accounts] = await Promise.all([
    readRedis(sources),
    store.projectFacts.read({ now: now(), unknownSeconds }),
    store.providerStates.list(),
    store.processes.accounts(),
  ]);
  const pausedProviders = states.flatMap(({ _id: name, paused }) =>
    paused !== undefined && accounts.includes(name) ? [{ name, by: paused.by }] : [],
  );
  return { ...redis, ...projects, pausedProviders };
}

async function readRedis({
  queues,
  now,
}: FactSources): Promise<Pick<HealthFacts, "isRedisUp" | "workers" | "queues" | "callbacks">> {
  const [workers, depths] = await Promise.allSettled([queues.presence.list(), queues.depths()]);
  if (workers.status === "rejected" || depths.status === "rejected") return { isRedisUp: false };
  const draining = workers.value.filter((worker) => worker.draining).length;
  const { callbacks: recorded, mostWithinSeconds } = callbackLagOf(
    workers.value.map(({ lag }) => lag),
  );
  const silent = silentProviders(
    workers.value.map(({ silence = {} }) => silence),
    now(),
  );
  return {
    isRedisUp: true,
    workers: { taking: workers.value.length - draining, draining },
    queues: depths.value,
    callbacks: { recorded, mostWithinSeconds, silent },
  };
}
