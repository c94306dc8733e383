import { onlyKeys } from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import { operatorProcedure } from "../procedure.ts";
import { providerPauses, requireProvider } from "../system/provider-pauses.ts";
import { endRunningWithAudit, requireReason, type StoppedCalls } from "./stop-calls.ts";
import { stopInput } from "./stop-router.ts";

const name = z.string({ error: "must be the name of a provider account" });
const provider = name.optional();
const MOST_ACCOUNTS = 100;

/**
 * "Pause all calls" for operators: of one provider account, or, without one, of every account and so of the whole
 * installation. `resume` ends the pauses of these accounts.
 */
export const operatorStopRouter = {
  openCalls: operatorProcedure.input(onlyKeys({ provider })).query(async ({ ctx, input }) => {
    if (input.provider !== undefined) await requireProvider(ctx, input.provider, "provider");
    return ctx.store.calls.countOpen(input);
  }),
  calls: operatorProcedure
    .input(onlyKeys({ ...stopInput, provider }))
    .mutation(async ({ ctx, input }): Promise<StoppedCalls & { providers: string[] }> => {
      if (input.provider !== undefined) await requireProvider(ctx, input.provider, "provider");
      const accounts = (await providerPauses(ctx)).filter(
        (one) => input.provider === undefined || one.name === input.provider,
      );
      // A pause by a failed check ends by itself, so it is no stop.
      const open = accounts.filter(({ pause }) => pause?.by !== "person");
      const acting = actingOf(ctx);
      if (open.length > 0) {
        const pause = { by: "person", reason: requireReason(input.reason) } as const;
        for (const one of open) await ctx.store.providerStates.pause(one.name, pause, acting);
      }
      const reach = { provider: input.provider };
      return {
        pausedAt: ctx.now().toISOString(),
        providers: accounts.map((one) => one.name),
        ended: input.endRunning ? await endRunningWithAudit(ctx, reach) : null,
      };
    }),
  resume: operatorProcedure
    .input(
      onlyKeys({
        providers: z
          .array(name)
          .min(1, { error: "must name at least one provider account" })
          .max(MOST_ACCOUNTS, { error: `must name at most ${MOST_ACCOUNTS} provider accounts` }),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      for (const one of input.providers) await requireProvider(ctx, one, "providers");
      const resumed: string[] = [];
      for (const one of input.providers)
        if (await ctx.store.providerStates.resume(one, undefined, actingOf(ctx))) resumed.push(one);
      return { resumed };
    }),
} satisfies TRPCRouterRecord;
