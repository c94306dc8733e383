import type { TriedSource } from "@call-log/dispatcher";
import {
  type AlertDelivery,
  alertSourceChange,
  CallLogError,
  mappingProblem,
  newAlertSource,
  objectId,
  onlyKeys,
  type Wire,
} from "@call-log/model";
import type { AlertSourceInfo } from "@call-log/store";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import { administerProcedure, numbersProcedure } from "../procedure.ts";
import { presentAlert, presentSource, presentWithToken } from "./alert-source-view.ts";
import { dryRun, previewOf } from "./dry-run.ts";

const HOUR_MS = 3_600_000;
const MAX_OVERLAP_HOURS = 720;
const OVERLAP = { error: `must be a whole number of hours from 0 to ${MAX_OVERLAP_HOURS}` };

/** Most alert sources of a project. */
const MAX_SOURCES = 100;

const byId = onlyKeys({ id: objectId });

/** Which source gets a new token, and how long the present one stays valid; 0 revokes it at once. */
export const tokenRotation = onlyKeys({
  id: objectId,
  overlapHours: z.int(OVERLAP).min(0, OVERLAP).max(MAX_OVERLAP_HOURS, OVERLAP).default(24),
});

/** Programs that send alerts: `list`, `get`, `create` and `rotateToken` (the only times a token is shown), `update`, `delete`, `testBack`, `dryRun`, `recent`, `ofCall`. */
export const alertSourcesRouter = {
  list: administerProcedure.query(async ({ ctx }) => {
    const found = await ctx.store.alertSources.list(ctx.identity.projectId);
    return { sources: found.map(presentSource) };
  }),
  get: administerProcedure
    .input(byId)
    .query(async ({ ctx, input }) =>
      presentSource(present(await ctx.store.alertSources.find(ctx.identity.projectId, input.id))),
    ),
  create: administerProcedure.input(newAlertSource).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const { alertSources } = ctx.store;
    if ((await alertSources.list(projectId)).length >= MAX_SOURCES)
      throw new CallLogError("CONFLICT", `a project has at most ${MAX_SOURCES} alert sources`);
    await ctx.dispatcher.checkAlertSource({ projectId, ...input });
    return presentWithToken(await alertSources.create(projectId, input, actingOf(ctx)));
  }),
  update: administerProcedure.input(alertSourceChange).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const { id, ...change } = input;
    const { alertSources } = ctx.store;
    const before = present(await alertSources.find(projectId, id));
    const problem = mappingProblem(before.kind, (change.mapping ?? before.mapping) !== undefined);
    if (problem !== undefined) throw new CallLogError("BAD_REQUEST", `mapping: ${problem}`);
    const { name = before.name, rule = before.rule } = change;
    if (change.rule !== undefined || change.name !== undefined)
      await ctx.dispatcher.checkAlertSource({ projectId, name, kind: before.kind, rule });
    const ref = { projectId, id, acting: actingOf(ctx) };
    return presentSource(present(await alertSources.update(ref, change)));
  }),
  rotateToken: administerProcedure.input(tokenRotation).mutation(async ({ ctx, input }) => {
    const { id, overlapHours } = input;
    const ref = { projectId: ctx.identity.projectId, id, acting: actingOf(ctx) };
    const rotated = await ctx.store.alertSources.rotateToken(ref, overlapHours * HOUR_MS);
    return presentWithToken(present(rotated));
  }),
  delete: administerProcedure.input(byId).mutation(async ({ ctx, input }) => {
    const ref = { projectId: ctx.identity.projectId, id: input.id, acting: actingOf(ctx) };
    if (await ctx.store.alertSources.delete(ref)) return { deleted: true };
    throw noSuchSource();
  }),
  testBack: administerProcedure.input(byId).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    present(await ctx.store.alertSources.find(projectId, input.id));
    const tried = await ctx.dispatcher.trySource(projectId, input.id);
    if (tried === undefined)
      throw new CallLogError("CONFLICT", "the source is not informed: set `back` first");
    return presentTry(tried);
  }),
  dryRun: administerProcedure.input(dryRun).mutation(({ ctx, input }) => previewOf(ctx, input)),
  recent: administerProcedure.input(byId).query(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    present(await ctx.store.alertSources.find(projectId, input.id));
    const found = await ctx.store.alertSources.deliveries(projectId, input.id);
    return { deliveries: found.map(presentDelivery) };
  }),
  ofCall: numbersProcedure.input(byId).query(async ({ ctx, input }) => {
    const call = await ctx.store.calls.find(input.id, ctx.identity.projectId);
    if (call === undefined) throw new CallLogError("NOT_FOUND", "there is no such call log");
    const { alertOrigin, plan } = call;
    return alertOrigin === undefined ? null : presentAlert(alertOrigin, plan.sensitive);
  }),
} satisfies TRPCRouterRecord;

/** How a trial went, as it is answered; `error` is null when the source took it. */
export type TriedBackView = Wire<{
  at: Date;
  milliseconds: number;
  status: number | null;
  answer: string | null;
  error: string | null;
}>;

function presentTry(tried: TriedSource): TriedBackView {
  const { at, milliseconds, status = null, answer = null, error = null } = tried;
  return { at: at.toISOString(), milliseconds, status, answer, error };
}

/** A notification of a source as it is answered; its time is ISO text. */
export type AlertDeliveryView = Wire<AlertDelivery>;

function presentDelivery(delivery: AlertDelivery): AlertDeliveryView {
  return { ...delivery, at: delivery.at.toISOString() };
}

function present<T = AlertSourceInfo>(found: T | undefined): T {
  if (found === undefined) throw noSuchSource();
  return found;
}

function noSuchSource(): CallLogError {
  return new CallLogError("NOT_FOUND", "there is no such alert source");
}
