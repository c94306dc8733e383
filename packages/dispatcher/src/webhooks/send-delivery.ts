import { type DeliveryTry, MAX_KEPT_ANSWER } from "@call-log/model";
import type { ClaimedDelivery } from "@call-log/store";

import { NotPossibleError } from "../back-to-source/not-possible-error.ts";
import { DELIVERY_TIMES } from "../context/delivery-times.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import { secondsAfter } from "../rules/seconds.ts";
import {
  DELIVERY_OPENERS,
  type Exchange,
  type KindDeps,
  type OpenDelivery,
  type TryResult,
} from "./delivery-kinds.ts";
import { guardedRequest, type HttpAnswer, RequestFailure } from "./guarded-request.ts";
import { secondsUntilRetry } from "./retry-waits.ts";

/** What sending a delivery takes. */
export type SendDeps = KindDeps &
  Pick<DispatchContext, "addressGuard" | "deliveryTimes" | "metrics">;

const GONE = 410;

/** How a delivery went. */
export interface SentDelivery {
  arrived: boolean;
  /** The next one of the same order, which this process has claimed with the note of this one. */
  next?: ClaimedDelivery | undefined;
}

/**
 * Send a claimed delivery, note the try, and plan the next one if it failed. With `goesOn`, the next delivery of its order is claimed at
 * once when this one is over. Rejects only when the database is away.
 */
export async function sendDelivery(
  deps: SendDeps,
  delivery: ClaimedDelivery,
  { goesOn }: { goesOn: boolean },
): Promise<SentDelivery> {
  const { webhookDeliveries: deliveries, deliveryTimes = DELIVERY_TIMES } = deps;
  const leaseSeconds = goesOn ? deliveryTimes.leaseSeconds : undefined;
  const opened = await DELIVERY_OPENERS[delivery.kind](deps, delivery);
  if ("givenUp" in opened) {
    const done = { at: deps.now(), milliseconds: 0, error: opened.givenUp };
    const end = { state: "failed" } as const;
    const { next } = await deliveries.noteTry(delivery, { done, end, leaseSeconds });
    measure(deps, delivery, "failed");
    return { arrived: false, next };
  }
  const tried = await trySending(deps, opened);
  const { result, done } = tried;
  const end = endOf(deps, delivery, tried);
  const { isOurs, next } = await deliveries.noteTry(delivery, { done, end, leaseSeconds });
  if (isOurs) measure(deps, delivery, "state" in end ? end.state : "retried");
  await opened.noted?.(result);
  return { arrived: result.ok, next };
}

interface Sent {
  result: TryResult;
  answer?: HttpAnswer;
}

/** One try: how it went, and what is kept of it. */
interface Tried extends Sent {
  done: DeliveryTry;
}

/** Send what a delivery takes, once. Rejects with nothing that a receiver may cause. */
export async function trySending(
  deps: Pick<SendDeps, "addressGuard" | "deliveryTimes" | "now">,
  opened: Pick<OpenDelivery, "send">,
): Promise<Tried> {
  const at = deps.now();
  const beganAt = performance.now();
  const { result, answer } = await sendOnce(deps, opened);
  const done: DeliveryTry = {
    at,
    milliseconds: Math.round(performance.now() - beganAt),
    ...(answer && { status: answer.status, answer: answer.body.slice(0, MAX_KEPT_ANSWER) }),
    ...(!result.ok && { error: result.error }),
  };
  return { result, done, ...(answer && { answer }) };
}

async function sendOnce(
  {
    addressGuard: guard,
    deliveryTimes = DELIVERY_TIMES,
  }: Pick<SendDeps, "addressGuard" | "deliveryTimes">,
  { send }: Pick<OpenDelivery, "send">,
): Promise<Sent> {
  const endsAt = performance.now() + deliveryTimes.timeoutSeconds * 1000;
  const exchange: Exchange = (request, maxBytes) => {
    const timeoutSeconds = Math.max(0, endsAt - performance.now()) / 1000;
    return guardedRequest(request, { guard, timeoutSeconds, maxBytes });
  };
  try {
    const answer = await send(exchange);
    return { answer, result: resultOf(answer) };
  } catch (error) {
    if (error instanceof NotPossibleError)
      return { result: { ok: false, error: error.message, gone: true } };
    if (!(error instanceof RequestFailure)) throw error;
    return { result: { ok: false, error: error.message, gone: false } };
  }
}

function resultOf({ status }: HttpAnswer): TryResult {
  if (status >= 200 && status < 300) return { ok: true };
  const isRedirect = status >= 300 && status < 400;
  const hint = isRedirect ? ", a redirect, which is not followed; use the address it leads to" : "";
  return { ok: false, error: `the receiver answered ${status}${hint}`, gone: status === GONE };
}

function endOf(
  { deliveryTimes = DELIVERY_TIMES, now: clock }: Pick<SendDeps, "deliveryTimes" | "now">,
  { tryCount }: ClaimedDelivery,
  { result, answer }: Sent,
) {
  const now = clock();
  if (result.ok) return { state: "delivered" } as const;
  const wait = secondsUntilRetry(deliveryTimes.retryWaits, {
    tryCount,
    retryAfter: answer?.retryAfter,
    now,
  });
  if (result.gone || wait === undefined) return { state: "failed" } as const;
  return { dueAt: secondsAfter(now, wait) };
}

function measure(
  { metrics, now }: Pick<SendDeps, "metrics" | "now">,
  { kind, createdAt }: ClaimedDelivery,
  result: "delivered" | "retried" | "failed",
): void {
  const lagSeconds = Math.max(0, (now().getTime() - createdAt.getTime()) / 1000);
  metrics.measure("delivery", { kind, result, lagSeconds });
}
