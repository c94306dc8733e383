import { CallLogError, newSavedView, onlyKeys, objectId, type SavedView } from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";

import { actingOf } from "../audit/acting.ts";
import { dispatchProcedure, numbersProcedure } from "../procedure.ts";

/** Views of the list of calls that a project shares: `list`, `create`, `delete`. Their filters can name people and numbers. */
export const viewsRouter = {
  list: numbersProcedure.query(async ({ ctx }) => ({
    views: (await ctx.store.savedViews.list(ctx.identity.projectId)).map(shown),
  })),
  create: dispatchProcedure.input(newSavedView).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    return shown(await ctx.store.savedViews.create(projectId, input, actingOf(ctx)));
  }),
  delete: dispatchProcedure.input(onlyKeys({ id: objectId })).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    if (await ctx.store.savedViews.delete(projectId, input.id, actingOf(ctx)))
      return { deleted: true };
    throw new CallLogError("NOT_FOUND", "There is no such view in the project of this key.");
  }),
} satisfies TRPCRouterRecord;

function shown({ _id, name, query, createdAt, createdBy }: SavedView) {
  const by = "name" in createdBy ? createdBy.name : undefined;
  return { _id, name, query, createdAt: createdAt.toISOString(), createdBy: by ?? null };
}
