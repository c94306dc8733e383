import {
  budgetState,
  type BudgetState,
  CallLogError,
  isAllowed,
  maskedProject,
  onlyKeys,
  phoneNumber,
  type Project,
  projectSettings,
  settingsChange,
} from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import { administerProcedure, readProcedure } from "../procedure.ts";
import { pauseReason } from "../system/pause-reason.ts";
import { previewSettings } from "./preview-settings.ts";

const numbers = z
  .array(phoneNumber)
  .min(1, { error: "must hold at least one number" })
  .max(1000, { error: "must be at most 1000 numbers" });

/** The do-not-call list of the key's project: `list`, `add`, `remove`. */
const doNotCallRouter = {
  list: administerProcedure.query(async ({ ctx }) => ({
    numbers: await ctx.store.doNotCall.list(ctx.identity.projectId),
  })),
  add: administerProcedure.input(onlyKeys({ numbers })).mutation(async ({ ctx, input }) => {
    await ctx.store.doNotCall.add(ctx.identity.projectId, input.numbers, actingOf(ctx));
    return { added: input.numbers.length };
  }),
  remove: administerProcedure
    .input(onlyKeys({ number: phoneNumber }))
    .mutation(async ({ ctx, input }) => ({
      removed: await ctx.store.doNotCall.remove(
        ctx.identity.projectId,
        input.number,
        actingOf(ctx),
      ),
    })),
} satisfies TRPCRouterRecord;

/** The project of the key: `get`, `budget`, `update`, `previewSettings`, `pause`, `resume`, `doNotCall`. */
export const projectsRouter = {
  get: readProcedure.query(async ({ ctx }): Promise<Project> => {
    const project = await ctx.store.projects.find(ctx.identity.projectId);
    if (project === undefined) throw new CallLogError("NOT_FOUND", "the key's project is gone");
    return isAllowed(ctx.identity.permissions, "see-numbers") ? project : maskedProject(project);
  }),
  budget: readProcedure.query(async ({ ctx }): Promise<BudgetState | null> => {
    const { projectId } = ctx.identity;
    const project = await ctx.store.projects.find(projectId);
    if (project?.budget === undefined) return null;
    return budgetState(project.budget, await ctx.store.budgets.spending(projectId));
  }),
  update: administerProcedure
    .input(settingsChange)
    .mutation(({ ctx, input }) =>
      ctx.store.projects.update(ctx.identity.projectId, input, actingOf(ctx)),
    ),
  previewSettings: administerProcedure
    .input(onlyKeys({ settings: projectSettings }))
    .query(({ ctx, input: { settings } }) => previewSettings(ctx, settings)),
  pause: administerProcedure
    .input(onlyKeys({ reason: pauseReason }))
    .mutation(({ ctx, input }) =>
      ctx.store.projects.pause(ctx.identity.projectId, input.reason, actingOf(ctx)),
    ),
  resume: administerProcedure.mutation(async ({ ctx }) => {
    const { projectId } = ctx.identity;
    const { operatorPause } = (await ctx.store.projects.find(projectId)) ?? {};
    if (operatorPause === undefined) return ctx.store.projects.resume(projectId, actingOf(ctx));
    throw new CallLogError(
      "FORBIDDEN",
      "An operator has paused the project, so only an operator can resume it.",
    );
  }),
  doNotCall: doNotCallRouter,
} satisfies TRPCRouterRecord;
