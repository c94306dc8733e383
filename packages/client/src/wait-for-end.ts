import { setTimeout as delay } from "node:timers/promises";

import { type CallLogView, isFinalStatus } from "@call-log/model";
import { TRPCClientError } from "@trpc/client";

import type { CallLogClient } from "./call-log-client.ts";

/** What is read of a call that is followed. */
export const FOLLOWED_FIELDS = {
  toNumber: true,
  status: true,
  statusMessage: true,
  answeredBy: true,
  acknowledgedAt: true,
  attemptCount: true,
  callCostInUSDCents: true,
} as const;

/** Answers that another question may change; all others are thrown at once. */
const PASSING: ReadonlySet<unknown> = new Set([
  "SERVICE_UNAVAILABLE",
  "TOO_MANY_REQUESTS",
  "INTERNAL_SERVER_ERROR",
]);

/** How long the end of a call is waited for. */
export interface WaitOptions {
  /** Seconds after which it is given up. @defaultValue 600 */
  timeoutSeconds?: number;
  /** Seconds between two questions. @defaultValue 1 */
  everySeconds?: number;
  /** Give it up earlier. */
  signal?: AbortSignal;
  /** The call may not be there yet, as after a request by the queue. */
  mayBeMissing?: boolean;
}

/** A call as it is followed. */
export type FollowedCall = Pick<CallLogView, "_id" | keyof typeof FOLLOWED_FIELDS>;

/** A call was not over in time; it goes on. `call` is how it stood last, undefined when it was never there. */
export class CallNotOverError extends Error {
  override readonly name = "CallNotOverError";
  readonly call: FollowedCall | undefined;

  constructor(callLogId: string, call: FollowedCall | undefined) {
    const state = call === undefined ? "is not there yet" : `is ${String(call.status)}`;
    super(`call ${callLogId} ${state} and was not over in time`);
    this.call = call;
  }
}

/**
 * Wait until a call is over, whatever became of it: Completed, Busy, Failed, Canceled … Throws a CallNotOverError when that takes too long, which is
 * the only end of a call that is held as `Unknown`. A server that is away for a while is asked again.
 */
export function waitForEnd(
  client: Pick<CallLogClient, "callLog">,
  callLogId: string,
  options: WaitOptions = {},
): Promise<FollowedCall> {
  const input = { id: callLogId, select: FOLLOWED_FIELDS };
  return untilOver(callLogId, () => client.callLog.getItem.query(input), options);
}

/** The same by any way to read the call; undefined stands for a call that is not there. */
export async function untilOver(
  callLogId: string,
  read: () => Promise<FollowedCall | undefined>,
  options: WaitOptions,
): Promise<FollowedCall> {
  const { timeoutSeconds = 600, everySeconds = 1, signal } = options;
  const endsAt = performance.now() + timeoutSeconds * 1000;
  let last: FollowedCall | undefined;
  while (signal?.aborted !== true) {
    last = (await asked(read, options)) ?? last;
    if (last !== undefined && isOver(last)) return last;
    const leftMs = endsAt - performance.now();
    if (leftMs <= 0) break;
    // Aborted, it ends the loop.
    await delay(Math.min(everySeconds * 1000, leftMs), undefined, { signal }).catch(
      () => undefined,
    );
  }
  throw new CallNotOverError(callLogId, last);
}

async function asked(
  read: () => Promise<FollowedCall | undefined>,
  { mayBeMissing = false }: WaitOptions,
): Promise<FollowedCall | undefined> {
  try {
    return await read();
  } catch (error) {
    const isPassing = error instanceof TRPCClientError && passes(error, mayBeMissing);
    if (!isPassing) throw error;
    return undefined;
  }
}

// Without an answer there is no code: the server is away.
function passes({ data }: TRPCClientError<never>, mayBeMissing: boolean): boolean {
  const { code } = (data ?? {}) as { code?: unknown };
  return code === undefined || PASSING.has(code) || (mayBeMissing && code === "NOT_FOUND");
}

// A status that is not ours is that of an imported call, which is over.
function isOver({ status }: FollowedCall): boolean {
  return typeof status === "string" && isFinalStatus(status);
}
