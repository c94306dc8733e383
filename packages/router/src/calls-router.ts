import type { Acceptance } from "@call-log/dispatcher";
import { MAX_REQUESTS } from "@call-log/dispatcher";
import {
  CallLogError,
  callRequest,
  callResolution,
  objectId,
  type CallRequestInput,
  type ErrorCode,
} from "@call-log/model";
import { z } from "zod";

import { dispatchProcedure, router } from "./procedure.ts";

const callById = z.strictObject({ id: objectId });

const [asked, placed] = callResolution.options;
const resolution = z.discriminatedUnion("as", [
  asked.extend(callById.shape),
  placed.extend(callById.shape),
]);

/** Answer to one request of `dispatchMany`. */
export type RequestAnswer =
  | ({ ok: true } & Acceptance)
  | { ok: false; error: { code: ErrorCode; message: string } };

// Each request is checked on its own, so that one bad one does not refuse the others.
const manyRequests = z.strictObject({
  requests: z
    .array(z.custom<CallRequestInput>())
    .min(1, { error: "must hold at least one request" })
    .max(MAX_REQUESTS, { error: `must hold at most ${MAX_REQUESTS} requests` }),
});

/** Having calls placed: `dispatch`, `dispatchMany`, `cancel`, `resolve`, `retry`, `previewRetry`. */
export const callsRouter = router({
  dispatch: dispatchProcedure.input(callRequest).mutation(({ ctx, input }) => {
    const { projectId } = ctx.identity;
    return ctx.dispatcher.accept({ projectId, request: input });
  }),
  dispatchMany: dispatchProcedure.input(manyRequests).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const answers = await ctx.dispatcher.acceptMany({ projectId, requests: input.requests });
    return { results: answers.map(presentAnswer) };
  }),
  cancel: dispatchProcedure.input(callById).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const { _id, status } = await ctx.dispatcher.cancel({ projectId, callLogId: input.id });
    return { _id, status };
  }),
  resolve: dispatchProcedure.input(resolution).mutation(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const { id: callLogId, ...known } = input;
    const { _id, status } = await ctx.dispatcher.resolve({ projectId, callLogId }, known);
    return { _id, status };
  }),
  retry: dispatchProcedure.input(callById).mutation(({ ctx, input }) => {
    const { projectId } = ctx.identity;
    return ctx.dispatcher.retry({ projectId, callLogId: input.id });
  }),
  previewRetry: dispatchProcedure.input(callById).query(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const preview = await ctx.dispatcher.previewRetry({ projectId, callLogId: input.id });
    const { toNumber, zones, isZoneStated, refusal, quietUntil } = preview;
    const past = await ctx.reader.pastCost({ projectId, toNumber, now: ctx.now() });
    return {
      refusal: refusal ?? null,
      zones,
      isZoneStated,
      quietUntil: quietUntil?.toISOString() ?? null,
      pastCost: past ?? null,
    };
  }),
});

function presentAnswer(answer: Acceptance | CallLogError): RequestAnswer {
  if (!(answer instanceof CallLogError)) return { ok: true, ...answer };
  return { ok: false, error: { code: answer.code, message: answer.message } };
}
