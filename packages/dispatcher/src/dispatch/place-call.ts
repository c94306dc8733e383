import type { CallOrder, PlaceResult, Provider } from "@call-log/provider";
import { NothingSentError } from "@call-log/provider";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import { providerNamed } from "../providers/provider-lookup.ts";
import { secondsAfter, secondsBetween } from "../rules/seconds.ts";
import { reportDefect } from "./report-defect.ts";

/** What it takes to ask a provider. */
export type Placing = Pick<DispatchContext, "providers" | "settings" | "now" | "log" | "metrics">;

/** What a held claim allows: one call, at this provider, soon after the claim. */
export interface Placement {
  order: CallOrder;
  provider: string;
  claimedAt: Date;
  /** Called with an answer that came after the provider's time was over. */
  onLateAnswer: (result: PlaceResult) => Promise<void>;
}

const NOT_SET_UP: PlaceResult = {
  kind: "rejected",
  errorClass: "account",
  errorMessage: "no provider of the project is set up",
};

/** The provider was not asked: nothing is dialled, and the attempt is tried again. */
export const HELD_UP: PlaceResult = {
  kind: "rejected",
  errorClass: "throttled",
  errorMessage: "the worker was held up before it could ask the provider",
};

const DEFECT: PlaceResult = {
  kind: "rejected",
  errorClass: "defect",
  errorMessage: "the request to the provider could not be made",
};

/**
 * Place the call of a held claim. Never rejects: no answer in time, and an error in the provider's code once the request may have
 * left, are `unknown`; an error before that is a `defect`.
 */
export async function placeCall(context: Placing, placement: Placement): Promise<PlaceResult> {
  const provider = providerNamed(context, placement.provider);
  if (provider === undefined) return NOT_SET_UP;
  const { claimDeadlineSeconds, providerTimeoutSeconds } = context.settings;
  // Past this moment the answer could come after the sweeper has begun to look for the call.
  const lastMoment = secondsAfter(
    placement.claimedAt,
    claimDeadlineSeconds - providerTimeoutSeconds,
  );
  const now = context.now();
  if (now > lastMoment) return HELD_UP;
  const { metrics } = context;
  metrics.add("dialled");
  const waited = Math.max(0, secondsBetween(placement.claimedAt, now));
  metrics.measure("step", { step: "asked", seconds: waited });
  const askedAt = performance.now();
  const answer = await answerInTime(context, provider, placement);
  const seconds = (performance.now() - askedAt) / 1000;
  metrics.measure("step", { step: "taken", seconds });
  metrics.measure("placed", { provider: provider.name, result: answer.kind, seconds });
  return answer;
}

async function answerInTime(
  context: Placing,
  provider: Provider,
  placement: Placement,
): Promise<PlaceResult> {
  const { providerTimeoutSeconds } = context.settings;
  const answer = askSafely(context, provider, placement.order);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), providerTimeoutSeconds * 1000);
  });
  const inTime = await Promise.race([answer, timeout]);
  clearTimeout(timer);
  if (inTime !== undefined) return inTime;
  void passOnLate(context, placement, answer);
  return { kind: "unknown", reason: `no answer within ${providerTimeoutSeconds} s` };
}

async function askSafely(
  context: Pick<Placing, "log" | "metrics">,
  provider: Provider,
  order: CallOrder,
): Promise<PlaceResult> {
  try {
    return await provider.placeCall(order);
  } catch (error) {
    const { attemptId } = order;
    if (error instanceof NothingSentError) {
      reportDefect(context, { attemptId, provider: provider.name }, error.cause);
      return DEFECT;
    }
    const fields = { attemptId, provider: provider.name, ...errorFields(error) };
    context.log.error(fields, "the provider's code failed while it placed a call");
    return { kind: "unknown", reason: "the provider's code failed" };
  }
}

async function passOnLate(
  context: Placing,
  { order, onLateAnswer }: Placement,
  answer: Promise<PlaceResult>,
): Promise<void> {
  try {
    const late = await answer;
    context.metrics.add("answersLate");
    await onLateAnswer(late);
  } catch (error) {
    const fields = { attemptId: order.attemptId, ...errorFields(error) };
    context.log.warn(fields, "a late answer was not recorded; the sweeper looks for the call");
  }
}
