import type { DeliveryTry } from "@call-log/model";
import type { ClaimedDelivery } from "@call-log/store";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { DELIVERY_OPENERS, type KindDeps, type TryResult } from "./delivery-kinds.ts";
import {
  guardedRequest,
  type HttpAnswer,
  type OutgoingRequest,
  RequestFailure,
} from "./guarded-request.ts";
import { secondsUntilRetry } from "./retry-waits.ts";

/** What sending a delivery takes. */
export type SendDeps = KindDeps & Pick<DispatchContext, "addressGuard" | "metrics">;

/** Longest time until a receiver answers, in seconds. */
export const DELIVERY_TIMEOUT_SECONDS = 15;
/** A process that has not noted a try by then is dead, and another one sends the delivery again. */
export const DELIVERY_LEASE_SECONDS = DELIVERY_TIMEOUT_SECONDS + 15;

const GONE = 410;

/** Send a claimed delivery, note the try, and plan the next one if it failed; true when it arrived. Rejects only when the database is away. */
export async function sendDelivery(deps: SendDeps, delivery: ClaimedDelivery): Promise<boolean> {
  const opened = await DELIVERY_OPENERS[delivery.kind](deps, delivery);
  if ("givenUp" in opened) {
    const done = { at: deps.now(), milliseconds: 0, error: opened.givenUp };
    await deps.webhookDeliveries.noteTry(delivery, done, { state: "failed" });
    measure(deps, delivery, "failed");
    return false;
  }
  const tried = await tryRequest(deps, opened.request);
  const { done, result } = tried;
  const end = endOf(delivery, tried, deps.now());
  if (await deps.webhookDeliveries.noteTry(delivery, done, end))
    measure(deps, delivery, "state" in end ? end.state : "retried");
  await opened.noted?.(result);
  return result.ok;
}

/** Send a request once; what is noted of it, and how it went. */
export async function tryRequest(
  deps: Pick<SendDeps, "addressGuard" | "now">,
  request: OutgoingRequest,
): Promise<Tried & { done: DeliveryTry }> {
  const at = deps.now();
  const beganAt = performance.now();
  const tried = await trySending(deps, request);
  const milliseconds = Math.round(performance.now() - beganAt);
  const { result, answer } = tried;
  const done: DeliveryTry = {
    at,
    milliseconds,
    ...(answer && { status: answer.status, answer: answer.body }),
    ...(!result.ok && { error: result.error }),
  };
  return { ...tried, done };
}

interface Tried {
  result: TryResult;
  answer?: HttpAnswer;
}

async function trySending(
  { addressGuard: guard }: Pick<SendDeps, "addressGuard">,
  request: OutgoingRequest,
): Promise<Tried> {
  try {
    const terms = { guard, timeoutSeconds: DELIVERY_TIMEOUT_SECONDS };
    const answer = await guardedRequest(request, terms);
    return { answer, result: resultOf(answer) };
  } catch (error) {
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

function endOf({ tryCount }: ClaimedDelivery, { result, answer }: Tried, now: Date) {
  if (result.ok) return { state: "delivered" } as const;
  const wait = secondsUntilRetry(tryCount, answer?.retryAfter, now);
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
