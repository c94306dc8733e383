import { CallLogError, newProject, objectId, onlyKeys, settingsChange } from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";

import { actingOf } from "../audit/acting.ts";
import { operatorProcedure } from "../procedure.ts";
import { pauseReason } from "../system/pause-reason.ts";

const byId = { id: objectId };

/** The projects, for operators: `list`, `get`, `create`, `update`, `pause`, `resume`. */
export const operatorProjectsRouter = {
  list: operatorProcedure.query(async ({ ctx }) => ({ projects: await ctx.store.projects.list() })),
  get: operatorProcedure.input(onlyKeys(byId)).query(async ({ ctx, input: { id } }) => {
    const project = await ctx.store.projects.find(id);
    if (project === undefined) throw new CallLogError("NOT_FOUND", `there is no project ${id}`);
    return project;
  }),
  create: operatorProcedure
    .input(newProject)
    .mutation(({ ctx, input }) => ctx.store.projects.create(input, actingOf(ctx))),
  update: operatorProcedure
    .input(onlyKeys({ ...byId, settings: settingsChange }))
    .mutation(({ ctx, input }) =>
      ctx.store.projects.update(input.id, input.settings, actingOf(ctx)),
    ),
  pause: operatorProcedure
    .input(onlyKeys({ ...byId, reason: pauseReason }))
    .mutation(({ ctx, input }) =>
      ctx.store.projects.pauseByOperator(input.id, input.reason, actingOf(ctx)),
    ),
  resume: operatorProcedure
    .input(onlyKeys(byId))
    .mutation(({ ctx, input }) => ctx.store.projects.resumeByOperator(input.id, actingOf(ctx))),
} satisfies TRPCRouterRecord;
