import { onlyKeys, providerLists, shownProblem } from "@call-log/model";
import type { CallHealth } from "@call-log/store";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import { operatorProcedure, readProcedure } from "../procedure.ts";
import { presentDeadLetters } from "./dead-letters-health.ts";
import { pauseReason } from "./pause-reason.ts";
import { probe } from "./probe-service.ts";
import { providerPauses, requireProvider } from "./provider-pauses.ts";
import { hasWorkers, projectStatus } from "./service-status.ts";

const name = z.string({ error: "must be the name of a provider account" });

/** What a project sees of the installation: `health`, and in short `status`. For operators, the switch of each provider account: `pauseProvider`, `resumeProvider`. */
export const systemRouter = {
  health: readProcedure.query(async ({ ctx }) => {
    const { projectId } = ctx.identity;
    const at = ctx.now();
    const running = ctx.store.processes.alive();
    const [redis, mongodb, problems, calls, deadLetters, providers, processes] = await Promise.all([
      probe(() => hasWorkers(ctx)),
      probe(() => ctx.store.ping()),
      ctx.store.problems.current(projectId),
      ctx.reader.health({ projectId, now: at }),
      ctx.store.deadLetters.health(projectId),
      running.then((others) => providerPauses(ctx, others)),
      running,
    ]);
    return {
      at: at.toISOString(),
      /** What is wrong with the project. */
      problems: problems.map(shownProblem),
      redis: { isUp: redis.isUp, ms: redis.ms },
      mongodb: { isUp: mongodb.isUp, ms: mongodb.ms },
      hasWorkers: redis.answer ?? false,
      calls: presentCalls(calls),
      deadLetters: presentDeadLetters(deadLetters),
      providers: providers.map(({ name: account, pause, isSimulated }) => ({
        name: account,
        isPaused: pause !== null,
        isSimulated,
      })),
      /** A call may go to a provider that rings no phone. */
      simulated: providers.some(({ isSimulated }) => isSimulated),
      /** Processes run with different PROVIDER lists; which they are is for operators. */
      providersDiffer: providerLists(processes).length > 1,
    };
  }),
  status: readProcedure.query(({ ctx }) => projectStatus(ctx)),
  pauseProvider: operatorProcedure
    .input(onlyKeys({ name, reason: pauseReason }))
    .mutation(async ({ ctx, input }) => {
      await requireProvider(ctx, input.name);
      const pause = { by: "person", reason: input.reason } as const;
      await ctx.store.providerStates.pause(input.name, pause, actingOf(ctx));
      return { providers: await providerPauses(ctx) };
    }),
  resumeProvider: operatorProcedure.input(onlyKeys({ name })).mutation(async ({ ctx, input }) => {
    await requireProvider(ctx, input.name);
    await ctx.store.providerStates.resume(input.name, undefined, actingOf(ctx));
    return { providers: await providerPauses(ctx) };
  }),
} satisfies TRPCRouterRecord;

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
