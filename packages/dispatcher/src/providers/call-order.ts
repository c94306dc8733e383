import type { Attempt, CallRecord } from "@call-log/model";
import type { CallOrder } from "@call-log/provider";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { withoutUndefined } from "../rules/without-undefined.ts";

/** What the provider is asked to do for an attempt. */
export function callOrder(
  record: CallRecord,
  attempt: Attempt,
  route: {
    provider: string;
    fromNumber: string;
    callbackUrlsFor: DispatchContext["callbackUrlsFor"];
  },
): CallOrder {
  const { provider, fromNumber, callbackUrlsFor } = route;
  const { plan } = record;
  return withoutUndefined<CallOrder>({
    attemptId: attempt._id,
    toNumber: record.toNumber,
    fromNumber,
    steps: plan.steps,
    language: plan.language,
    voice: plan.voice,
    timeLimitSeconds: plan.timeLimitSeconds,
    ringTimeoutSeconds: plan.ringTimeoutSeconds,
    detectMachine: plan.reachedWhen !== "answered",
    callbackUrls: callbackUrlsFor({ provider, attemptId: attempt._id }),
  });
}
