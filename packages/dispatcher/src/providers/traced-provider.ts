import { parseAttemptId } from "@call-log/model";
import type { PlaceResult, Provider } from "@call-log/provider";

import { inSpan, type OpenSpan, type SpanAttributes, type Tracing } from "../context/tracing.ts";

type Traced = <T>(
  operation: string,
  attributes: SpanAttributes,
  act: (span?: OpenSpan) => Promise<T>,
) => Promise<T>;

/** A provider whose requests are spans. Numbers and texts are in none of them. */
export function tracedProvider(provider: Provider, tracing: Tracing | undefined): Provider {
  if (tracing === undefined) return provider;
  const { name } = provider;
  const traced: Traced = (operation, attributes, act) => {
    const start = { name: `${name} ${operation}`, kind: "client" } as const;
    const own = { "call_log.provider": name, ...attributes };
    return inSpan(tracing, { ...start, attributes: own }, act);
  };
  return {
    ...provider,
    placeCall: (order) =>
      traced("placeCall", attemptOf(order.attemptId), async (span) => {
        const result = await provider.placeCall(order);
        noteResult(span, result);
        return result;
      }),
    fetchCall: (id) => traced("fetchCall", {}, () => provider.fetchCall(id)),
    findCalls: (search) => traced("findCalls", {}, () => provider.findCalls(search)),
    endCall: (id) => traced("endCall", {}, () => provider.endCall(id)),
    ...optional(provider, traced),
  };
}

// What not every provider has.
function optional(provider: Provider, traced: Traced): Partial<Provider> {
  return {
    ...(provider.findLabel !== undefined && {
      findLabel: (id) => traced("findLabel", {}, async () => provider.findLabel?.(id)),
    }),
    ...(provider.fetchRecord !== undefined && {
      fetchRecord: (call) =>
        traced("fetchRecord", attemptOf(call.attemptId), async () => provider.fetchRecord?.(call)),
    }),
  };
}

function attemptOf(attemptId: string): SpanAttributes {
  const { callLogId, number } = parseAttemptId(attemptId) ?? {};
  return { "call_log.call_id": callLogId, "call_log.attempt": number };
}

function noteResult(span: OpenSpan | undefined, result: PlaceResult): void {
  span?.set({ "call_log.answer": result.kind });
  if (result.kind === "rejected") span?.fail(result.errorClass);
  if (result.kind === "unknown") span?.fail("unknown");
}
