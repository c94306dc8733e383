import type { Attempt, CallRecord } from "@call-log/model";

import { inSpan, parentFor, type Tracing } from "./tracing.ts";

/** Ids of an attempt and its call, as attributes of a span. */
export function attemptAttributes(
  { _id, projectId }: Pick<CallRecord, "_id" | "projectId">,
  { number }: Pick<Attempt, "number">,
) {
  return {
    "call_log.call_id": _id,
    "call_log.project_id": projectId,
    "call_log.attempt": number,
  };
}

/** Whose trace a span belongs to. */
export interface SpanOwner {
  tracing: Tracing | undefined;
  record: CallRecord;
  attempt: Attempt;
}

/** Do something for an attempt within a span of its call's trace; without a span where the call has no trace. */
export function inSpanOf<T>(
  { tracing, record, attempt }: SpanOwner,
  name: string,
  act: () => Promise<T>,
): Promise<T> {
  if (record.traceparent === undefined) return act();
  const parent = parentFor(tracing, record);
  const attributes = attemptAttributes(record, attempt);
  return inSpan(tracing, { name, kind: "internal", parent, attributes }, act);
}
