import { parseAttemptId } from "@call-log/model";
import { shortCache } from "@call-log/store";
import type { FastifyRequest } from "fastify";

import type { ApiDependencies } from "../api-dependencies.ts";
import { beginSpan } from "../http/request-span.ts";

type CallbackRequest = FastifyRequest<{ Params: { provider: string; attemptId: string } }>;

/** What a call's callbacks need of it. It never changes, so callbacks that follow each other share one read of it. */
interface TracedCall {
  projectId: string;
  traceparent: string | undefined;
}

const REMEMBERED = { validMs: 60_000, maxEntries: 10_000, elapsedMs: () => performance.now() };

/** Does something for a callback within a span of its call's trace. */
export type InTraceOfCall = <T>(request: CallbackRequest, take: () => Promise<T>) => Promise<T>;

/** Takes genuine callbacks within spans of their calls' traces, however long ago the calls were asked for; without tracing they are only taken. */
export function tracedCallbacks({
  dispatcher,
  store,
}: Pick<ApiDependencies, "dispatcher" | "store">): InTraceOfCall {
  const { tracing } = dispatcher.context;
  if (tracing === undefined) return async (_request, take) => take();
  const calls = shortCache<TracedCall>(REMEMBERED);
  const find = async (callLogId: string) => {
    const record = await store.calls.find(callLogId);
    return record === undefined
      ? null
      : { projectId: record.projectId, traceparent: record.traceparent };
  };
  return async (request, take) => {
    const { provider, attemptId } = request.params;
    const { callLogId, number } = parseAttemptId(attemptId) ?? {};
    // A database that is away keeps no callback out: its events wait in the queue.
    const call =
      callLogId === undefined
        ? null
        : await calls.get(callLogId, () => find(callLogId)).catch(() => null);
    const span = beginSpan(tracing, request, call?.traceparent);
    span.set({
      "call_log.provider": provider,
      "call_log.call_id": callLogId,
      "call_log.attempt": number,
      "call_log.project_id": call?.projectId,
    });
    return span.run(take);
  };
}
