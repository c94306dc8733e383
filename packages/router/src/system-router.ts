import { accountLimit, callbackLagOf, type LimiterUse } from "@call-log/dispatcher";
import { CallLogError, onlyKeys } from "@call-log/model";
import type { CallHealth } from "@call-log/store";
import { z } from "zod";

import type { RouterContext } from "./context.ts";
import { operatorProcedure, readProcedure, router } from "./procedure.ts";

const name = z.string({ error: "must be the name of a provider account" });
const reason = z
  .string({ error: "must be text" })
  .trim()
  .min(1, { error: "must not be empty" })
  .max(200, { error: "must be at most 200 characters" });

/** How the installation does, and the switch of each provider account: `health`, `pauseProvider`, `resumeProvider`. */
export const systemRouter = router({
  health: readProcedure.query(async ({ ctx }) => {
    const { projectId } = ctx.identity;
    const at = ctx.now();
    const [redis, mongodb, calls, providers] = await Promise.all([
      reach(() => readRedis(ctx)),
      reach(() => ctx.store.ping()),
      ctx.reader.health({ projectId, now: at }),
      providerStates(ctx),
    ]);
    const { queues, workers, limiters } = redis.answer ?? { queues: [], workers: [], limiters: {} };
    return {
      at: at.toISOString(),
      redis: { isUp: redis.isUp, ms: redis.ms },
      mongodb: { isUp: mongodb.isUp, ms: mongodb.ms },
      queues,
      workers: workers.map(({ lag: _lag, ...worker }) => worker),
      callbackLag: callbackLagOf(workers.map(({ lag }) => lag)),
      calls: presentCalls(calls),
      providers: providers.map((one) => ({ ...one, limiter: limiters[one.name] ?? null })),
    };
  }),
  pauseProvider: operatorProcedure
    .input(onlyKeys({ name, reason }))
    .mutation(async ({ ctx, input }) => {
      requireProvider(ctx, input.name);
      await ctx.store.providerStates.pause(input.name, { by: "person", reason: input.reason });
      return { providers: await providerStates(ctx) };
    }),
  resumeProvider: operatorProcedure.input(onlyKeys({ name })).mutation(async ({ ctx, input }) => {
    requireProvider(ctx, input.name);
    await ctx.store.providerStates.resume(input.name);
    return { providers: await providerStates(ctx) };
  }),
});

/** An answer and how long it took; without one, a service that is away. */
interface Reached<T> {
  isUp: boolean;
  ms: number;
  answer?: T;
}

async function reach<T>(ask: () => Promise<T>): Promise<Reached<T>> {
  const from = performance.now();
  const msNow = () => Math.round(performance.now() - from);
  try {
    const answer = await ask();
    return { isUp: true, ms: msNow(), answer };
  } catch {
    // That it is away is the answer; why, the connection has logged.
    return { isUp: false, ms: msNow() };
  }
}

// Counts of the whole installation, without a word of whose calls they are.
async function readRedis({ dispatcher: { queues, context }, now }: RouterContext) {
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

function presentCalls({ stuckCalls, oldestPricePending, ...counts }: CallHealth) {
  return {
    ...counts,
    stuckCalls: stuckCalls.map(({ wakeAt, ...call }) => ({
      ...call,
      wakeAt: wakeAt.toISOString(),
    })),
    oldestPricePending: oldestPricePending && {
      _id: oldestPricePending._id,
      createdAt: oldestPricePending.createdAt.toISOString(),
    },
  };
}

async function providerStates({ store, dispatcher }: RouterContext) {
  const states = await store.providerStates.list();
  return Object.keys(dispatcher.context.providers).map((account) => {
    const pause = states.find(({ _id }) => _id === account)?.paused;
    return {
      name: account,
      pause: pause === undefined ? null : { ...pause, at: pause.at.toISOString() },
    };
  });
}

function requireProvider({ dispatcher }: RouterContext, account: string): void {
  const names = Object.keys(dispatcher.context.providers);
  if (names.includes(account)) return;
  throw new CallLogError("BAD_REQUEST", `name: must be one of: ${names.join(", ")}`);
}
