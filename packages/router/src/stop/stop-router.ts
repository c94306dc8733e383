import { onlyKeys } from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import { administerProcedure } from "../procedure.ts";
import { pauseReason } from "../system/pause-reason.ts";
import { endRunningWithAudit, requireReason, type StoppedCalls } from "./stop-calls.ts";

/** What every stop takes: the reason of the pause, and whether running calls are ended, too. */
export const stopInput = {
  reason: pauseReason.optional(),
  endRunning: z.boolean({ error: "must be true or false" }).default(false),
};

/** "Pause all calls" of the key's project: `openCalls` is how many there are, `calls` pauses the project and can end the running ones. */
export const stopRouter = {
  openCalls: administerProcedure.query(({ ctx }) =>
    ctx.store.calls.countOpen({ projectId: ctx.identity.projectId }),
  ),
  calls: administerProcedure
    .input(onlyKeys(stopInput))
    .mutation(async ({ ctx, input }): Promise<StoppedCalls> => {
      const { projectId } = ctx.identity;
      const { projects } = ctx.store;
      const present = (await projects.find(projectId))?.paused;
      // Whoever stops what is stopped already wants the running calls ended; the pause keeps its reason.
      const paused =
        present ??
        (await projects.pause(projectId, requireReason(input.reason), actingOf(ctx))).paused;
      return {
        pausedAt: (paused?.at ?? ctx.now()).toISOString(),
        ended: input.endRunning ? await endRunningWithAudit(ctx, { projectId }) : null,
      };
    }),
} satisfies TRPCRouterRecord;
