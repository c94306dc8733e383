import type { DispatchContext } from "../context/dispatch-context.ts";

/**
 * W3C traceparent of the span that a new call begins with: the active one. Each call of a batch has a trace of its own, with a link to the
 * request, since a trace of a thousand calls can't be read.
 */
export function traceOfCall(
  { tracing }: Pick<DispatchContext, "tracing">,
  callLogId: string,
  isOneOfMany: boolean,
): string | undefined {
  if (tracing === undefined || !isOneOfMany) return tracing?.active();
  const attributes = { "call_log.call_id": callLogId };
  const span = tracing.begin({ name: "accept call", kind: "internal", isRoot: true, attributes });
  span.end();
  return span.traceparent;
}
