import { accountLimit, callbackLagOf, type LimiterUse } from "@call-log/dispatcher";
import { providerLists, shownProblem } from "@call-log/model";

import type { RouterContext } from "../context.ts";
import { presentDeadLetters } from "./dead-letters-health.ts";
import { probe } from "./probe-service.ts";
import { providerPauses } from "./provider-pauses.ts";

type Context = Pick<RouterContext, "store" | "dispatcher" | "now">;

/** How the whole installation does, with hosts and load; for operators, since it is the sum of all projects. */
export async function installationHealth(ctx: Context) {
  const at = ctx.now();
  const running = ctx.store.processes.alive();
  const [redis, mongodb, problems, deadLetters, ownDeadLetters, providers, processes] =
    await Promise.all([
      probe(() => readRedis(ctx)),
      probe(() => ctx.store.ping()),
      ctx.store.problems.current(),
      ctx.store.deadLetters.health(),
      ctx.store.deadLetters.health(null),
      running.then((others) => providerPauses(ctx, others)),
      running,
    ]);
  const { queues, workers, limiters } = redis.answer ?? { queues: [], workers: [], limiters: {} };
  return {
    at: at.toISOString(),
    /** What is wrong, of the installation and of every project. */
    problems: problems.map(shownProblem),
    redis: { isUp: redis.isUp, ms: redis.ms },
    mongodb: { isUp: mongodb.isUp, ms: mongodb.ms },
    queues,
    /** Refused requests of all projects, by number and age alone. */
    deadLetters: {
      open: deadLetters.open,
      oldestAt: deadLetters.oldest?.createdAt.toISOString() ?? null,
      /** Those that name no project that exists: the operator's own. */
      withoutProject: presentDeadLetters(ownDeadLetters),
    },
    workers: workers.map(({ lag: _lag, draining = false, activeJobs = null, ...worker }) => ({
      ...worker,
      draining,
      /** Jobs under way; null of a worker of an earlier release. */
      activeJobs,
    })),
    callbackLag: callbackLagOf(workers.map(({ lag }) => lag)),
    processes: processes.map(({ startedAt, simulated: _simulated, ...one }) => ({
      ...one,
      startedAt: startedAt.toISOString(),
    })),
    /** A call may go to a provider that rings no phone. */
    simulated: providers.some(({ isSimulated }) => isSimulated),
    /** More than one: processes run with different PROVIDER lists. */
    providerLists: providerLists(processes),
    providers: providers.map((one) => ({ ...one, limiter: limiters[one.name] ?? null })),
  };
}

async function readRedis({ dispatcher: { queues, context }, now }: Context) {
  const { settings, providers } = context;
  await queues.ping();
  const limited = Object.entries(providers).flatMap(([account, provider]) => {
    const perSecond = accountLimit(settings, provider);
    return perSecond === undefined ? [] : [{ account, perSecond }];
  });
  const uses = limited.map(
    async ({ account, perSecond }) =>
      [account, await queues.limiter.use(account, { perSecond, now: now() })] as const,
  );
  const [depths, workers, ...limiters] = await Promise.all([
    queues.depths(),
    queues.presence.list(),
    ...uses,
  ]);
  return {
    queues: depths,
    workers,
    limiters: Object.fromEntries(limiters) as Record<string, LimiterUse>,
  };
}
