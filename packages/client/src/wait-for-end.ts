import { setTimeout as delay } from "node:timers/promises";

import { type CallLogView, isFinalStatus } from "@call-log/model";
import type { AppRouter } from "@call-log/router";
import { type TRPCClient, TRPCClientError } from "@trpc/client";

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

/** Answers of a wait after which the call is read instead: an older server does not know it, or none is free. */
const READ_INSTEAD: ReadonlySet<unknown> = new Set([...PASSING, "NOT_FOUND"]);
/** Longest time that one request waits, in seconds. */
const LONGEST_POLL = 30;

/** How long the end of a call is waited for. */
export interface WaitOptions {
  /** Seconds after which it is given up. @defaultValue 600 */
  timeoutSeconds?: number;
  /** Seconds between two questions, where the server cannot wait itself. @defaultValue 1 */
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

/** The call as it was read; `hasWaited` when the server waited before it answered. */
interface Reading {
  call: FollowedCall | undefined;
  hasWaited: boolean;
}

type Read = (leftSeconds: number) => Promise<Reading>;

/**
 * Wait until a call is over, whatever became of it: Completed, Busy, Failed, Canceled … Throws a CallNotOverError when that takes too long, which is
 * the only end of a call that is held as `Unknown`. A server that is away for a while is asked again.
 */
export function waitForEnd(
  { callLog }: Pick<TRPCClient<AppRouter>, "callLog">,
  callLogId: string,
  options: WaitOptions = {},
): Promise<FollowedCall> {
  const input = { id: callLogId, select: FOLLOWED_FIELDS };
  const request = options.signal === undefined ? {} : { signal: options.signal };
  return whenOver(
    callLogId,
    async (leftSeconds) => {
      const timeout = Math.floor(Math.min(leftSeconds, LONGEST_POLL));
      try {
        const { call } = await callLog.wait.query({ ...input, timeout }, request);
        return { call, hasWaited: timeout > 0 };
      } catch (error) {
        if (!(error instanceof TRPCClientError) || !READ_INSTEAD.has(codeOf(error))) throw error;
        return { call: await callLog.getItem.query(input, request), hasWaited: false };
      }
    },
    options,
  );
}

/** The same by any way to read the call; undefined stands for a call that is not there. */
export async function untilOver(
  callLogId: string,
  read: () => Promise<FollowedCall | undefined>,
  options: WaitOptions,
): Promise<FollowedCall> {
  return whenOver(callLogId, async () => ({ call: await read(), hasWaited: false }), options);
}

async function whenOver(
  callLogId: string,
  read: Read,
  options: WaitOptions,
): Promise<FollowedCall> {
  const { timeoutSeconds = 600, everySeconds = 1, signal } = options;
  const endsAt = performance.now() + timeoutSeconds * 1000;
  const leftMs = () => Math.max(0, endsAt - performance.now());
  let last: FollowedCall | undefined;
  while (signal?.aborted !== true) {
    const reading = await asked(() => read(leftMs() / 1000), options);
    last = reading?.call ?? last;
    if (last !== undefined && isOver(last)) return last;
    if (leftMs() === 0) break;
    if (reading?.hasWaited === true) continue;
    // Aborted, it ends the loop.
    await delay(Math.min(everySeconds * 1000, leftMs()), undefined, { signal }).catch(
      () => undefined,
    );
  }
  throw new CallNotOverError(callLogId, last);
}

async function asked(
  read: () => Promise<Reading>,
  { mayBeMissing = false }: WaitOptions,
): Promise<Reading | undefined> {
  try {
    return await read();
  } catch (error) {
    const isPassing = error instanceof TRPCClientError && passes(error, mayBeMissing);
    if (!isPassing) throw error;
    return undefined;
  }
}

// Without an answer there is no code: the server is away.
function passes(error: TRPCClientError<never>, mayBeMissing: boolean): boolean {
  const code = codeOf(error);
  return code === undefined || PASSING.has(code) || (mayBeMissing && code === "NOT_FOUND");
}

function codeOf({ data }: { data: unknown }): unknown {
  return ((data ?? {}) as { code?: unknown }).code;
}

// A status that is not ours is that of an imported call, which is over.
function isOver({ status }: FollowedCall): boolean {
  return typeof status === "string" && isFinalStatus(status);
}
