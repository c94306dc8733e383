import { parseAttemptId } from "@call-log/model";
import type { FastifyRequest } from "fastify";

import type { ApiDependencies } from "../api-dependencies.ts";
import { beginSpan } from "../http/request-span.ts";

type CallbackRequest = FastifyRequest<{ Params: { provider: string; attemptId: string } }>;

/** Take a genuine callback within a span of its call's trace, however long ago the call was asked for; without tracing it is only taken. */
export async function inTraceOfCall<T>(
  { dispatcher, store }: Pick<ApiDependencies, "dispatcher" | "store">,
  request: CallbackRequest,
  take: () => Promise<T>,
): Promise<T> {
  const { tracing } = dispatcher.context;
  if (tracing === undefined) return take();
  const { provider, attemptId } = request.params;
  const { callLogId, number } = parseAttemptId(attemptId) ?? {};
  // A database that is away keeps no callback out: its events wait in the queue.
  const record =
    callLogId === undefined ? undefined : await store.calls.find(callLogId).catch(() => undefined);
  const span = beginSpan(tracing, request, record?.traceparent);
  span.set({
    "call_log.provider": provider,
    "call_log.call_id": callLogId,
    "call_log.attempt": number,
    "call_log.project_id": record?.projectId,
  });
  return span.run(take);
}
