import type { Acceptance } from "@call-log/dispatcher";
import { MAX_REQUESTS } from "@call-log/dispatcher";
import {
  CallLogError,
  callNowRequest,
  callResolution,
  objectId,
  sentCallRequest,
  type CallRecord,
  type CallRequestInput,
  type ErrorCode,
} from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import { dispatchWithAudit } from "../audit/dispatch-with-audit.ts";
import {
  dispatchProcedure,
  numbersProcedure,
  readProcedure,
  reportUnexpected,
} from "../procedure.ts";
import { toCallLogError } from "../to-call-log-error.ts";
import { callSpeech } from "./call-speech.ts";
import { previewRequest } from "./preview-request.ts";
import { presentPreview, previewRetries } from "./preview-retries.ts";
import { rehearsalInput, rehearseRequest } from "./rehearse-request.ts";

const callById = z.strictObject({ id: objectId });

const [asked, placed] = callResolution.options;
const resolution = z.discriminatedUnion("as", [
  asked.extend(callById.shape),
  placed.extend(callById.shape),
]);

/** Why one of many was refused. */
interface Refusal {
  ok: false;
  error: { code: ErrorCode; message: string };
}

/** Answer to one request of `dispatchMany`, and to one id of `retryMany`. */
export type RequestAnswer = ({ ok: true } & Acceptance) | Refusal;

/** Answer to one id of `cancelMany`. */
export type CancelAnswer = { ok: true; _id: string; status: string } | Refusal;

// Each id is checked on its own, so that one bad one does not refuse the others.
const manyCalls = z.strictObject({
  ids: z
    .array(z.string({ error: "must be an id as text" }), { error: "must be a list of ids" })
    .min(1, { error: "must hold at least one id" })
    .max(MAX_REQUESTS, { error: `must hold at most ${MAX_REQUESTS} ids` }),
});

/** Calls of one page of a list. */
const pageOfCalls = z.strictObject({
  ids: z.array(objectId).max(100, { error: "must hold at most 100 ids" }),
});

// Each request is checked on its own, so that one bad one does not refuse the others.
const manyRequests = z.strictObject({
  requests: z
    .array(z.custom<CallRequestInput>())
    .min(1, { error: "must hold at least one request" })
    .max(MAX_REQUESTS, { error: `must hold at most ${MAX_REQUESTS} requests` }),
});

/** Having calls placed: `dispatch`, `dispatchMany`, `preview`, `rehearse`, `cancel`, `cancelMany`, `resolve`, `callNow`, `retry`, `retryMany`, `previewRetry`, `previewRetryMany`, `calledAgain`, `calledAgainMany`; and `speech`, what a call says. */
export const callsRouter = {
  dispatch: dispatchProcedure.input(sentCallRequest).mutation(({ ctx, input }) => {
    const { projectId } = ctx.identity;
    return ctx.dispatcher.accept({ projectId, requestId: ctx.requestId, ...input });
  }),
  dispatchMany: dispatchProcedure.input(manyRequests).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    ctx.countMore?.(input.requests.length - 1);
    const { requests } = input;
    const answers = await dispatchWithAudit(ctx, requests.length, () =>
      ctx.dispatcher.acceptMany({ projectId, requests, requestId: ctx.requestId }),
    );
    for (const answer of answers)
      if (answer instanceof Error) reportUnexpected(toCallLogError(answer), ctx);
    return { results: answers.map(presentAnswer) };
  }),
  preview: dispatchProcedure
    .input(sentCallRequest)
    .query(({ ctx, input: { request } }) => previewRequest(ctx, request)),
  rehearse: dispatchProcedure
    .input(rehearsalInput)
    .query(({ ctx, input }) => rehearseRequest(ctx, input)),
  cancel: dispatchProcedure.input(callById).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const { _id, status } = await ctx.dispatcher.cancel({
      projectId,
      callLogId: input.id,
      acting: actingOf(ctx),
    });
    return { _id, status };
  }),
  cancelMany: dispatchProcedure.input(manyCalls).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    ctx.countMore?.(input.ids.length - 1);
    const answers = await ctx.dispatcher.cancelMany({
      projectId,
      callLogIds: input.ids,
      acting: actingOf(ctx),
    });
    const results = answers.map((answer): CancelAnswer => {
      if (answer instanceof CallLogError) return refusalOf(answer);
      return { ok: true, _id: answer._id, status: answer.status };
    });
    return { results };
  }),
  resolve: dispatchProcedure.input(resolution).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const { id: callLogId, ...known } = input;
    const { _id, status } = await ctx.dispatcher.resolve(
      { projectId, callLogId, acting: actingOf(ctx) },
      known,
    );
    return { _id, status };
  }),
  callNow: dispatchProcedure
    .input(callNowRequest.extend(callById.shape))
    .mutation(async ({ ctx, input: { id: callLogId, reason } }) => {
      const { projectId } = ctx.identity;
      const ref = { projectId, callLogId, acting: actingOf(ctx) };
      const { _id, status } = await ctx.dispatcher.callNow(ref, reason);
      return { _id, status };
    }),
  retry: dispatchProcedure.input(callById).mutation(({ ctx, input }) => {
    const { projectId } = ctx.identity;
    return ctx.dispatcher.retry({ projectId, callLogId: input.id, acting: actingOf(ctx) });
  }),
  previewRetry: dispatchProcedure.input(callById).query(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const preview = await ctx.dispatcher.previewRetry({ projectId, callLogId: input.id });
    const past = await ctx.reader.pastCost({
      projectId,
      toNumber: preview.toNumber,
      now: ctx.now(),
    });
    return presentPreview(preview, past);
  }),
  previewRetryMany: dispatchProcedure
    .input(manyCalls)
    .query(async ({ ctx, input }) => ({ results: await previewRetries(ctx, input.ids) })),
  calledAgain: readProcedure.input(callById).query(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const again = await ctx.dispatcher.calledAgain({ projectId, callLogId: input.id });
    return again === undefined ? null : presentAgain(again);
  }),
  calledAgainMany: readProcedure.input(pageOfCalls).query(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const calls = input.ids.map(async (id) => {
      const again = await ctx.dispatcher.calledAgain({ projectId, callLogId: id });
      return again === undefined ? [] : [{ of: id, ...presentAgain(again) }];
    });
    return { calls: (await Promise.all(calls)).flat() };
  }),
  speech: numbersProcedure.input(callById).query(async ({ ctx, input }) => {
    const record = await ctx.store.calls.find(input.id, ctx.identity.projectId);
    if (record === undefined) throw new CallLogError("NOT_FOUND", "there is no such call log");
    return callSpeech(record);
  }),
  retryMany: dispatchProcedure.input(manyCalls).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    ctx.countMore?.(input.ids.length - 1);
    const answers = await ctx.dispatcher.retryMany({
      projectId,
      callLogIds: input.ids,
      acting: actingOf(ctx),
    });
    return { results: answers.map(presentAnswer) };
  }),
} satisfies TRPCRouterRecord;

function presentAgain({ _id, status, createdAt }: CallRecord) {
  return { _id, status, createdAt: createdAt.toISOString() };
}

function presentAnswer(answer: Acceptance | Error): RequestAnswer {
  return answer instanceof Error ? refusalOf(toCallLogError(answer)) : { ok: true, ...answer };
}

function refusalOf({ code, message }: CallLogError): Refusal {
  return { ok: false, error: { code, message } };
}
