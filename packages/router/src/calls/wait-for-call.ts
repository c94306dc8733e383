import {
  CALL_CONDITIONS,
  type CallCondition,
  type CallLogView,
  type FetchedCallLog,
  presentCallLog,
  type Selection,
  settledCondition,
  type waitInput,
  type WaitResult,
} from "@call-log/model";
import { callerId } from "@call-log/store";
import type { z } from "zod";

import { callStates, currentCall, type ReadingContext } from "./call-states.ts";

/** How a wait ended, and the call as it stands then. */
export interface WaitAnswer {
  result: WaitResult;
  call: CallLogView;
}

/**
 * Wait until a condition of a call holds or cannot hold any more, the time is over, the caller has gone, or the process stops. Takes a slot
 * of the live streams. Throws NOT_FOUND, and TOO_MANY_REQUESTS or SERVICE_UNAVAILABLE without a free slot.
 */
export async function waitForCall(
  ctx: ReadingContext,
  { id, until, timeout, select }: z.output<typeof waitInput>,
  signal: AbortSignal | undefined,
): Promise<WaitAnswer> {
  const release = ctx.streams?.take(callerId(ctx.identity));
  const time = timeLimit(timeout, signal);
  const call = { id, select: withProperties(select, CALL_CONDITIONS[until].needs) };
  try {
    const ended = await stopped(() => firstSettled(callStates(ctx, call, time.signal), until));
    if (typeof ended === "object") return await answerOf(ctx, select, ended);
    const record = await currentCall(ctx, call);
    return await answerOf(ctx, select, {
      result: settledCondition(until, record) ?? ended,
      record,
    });
  } finally {
    time.clear();
    release?.();
  }
}

interface Ended {
  result: WaitResult;
  record: FetchedCallLog;
}

async function firstSettled(
  states: AsyncIterable<FetchedCallLog>,
  until: CallCondition,
): Promise<Ended | "timed-out"> {
  for await (const record of states) {
    const result = settledCondition(until, record);
    if (result !== undefined) return { result, record };
  }
  return "timed-out";
}

async function answerOf(
  { store, identity }: ReadingContext,
  select: Selection,
  { result, record }: Ended,
): Promise<WaitAnswer> {
  const isShown = "project" in select.relations;
  const project = isShown ? await store.projects.find(identity.projectId) : undefined;
  return { result, call: presentCallLog(record, select, project) };
}

/** A signal that is aborted after some seconds, or with another one. */
function timeLimit(seconds: number, signal: AbortSignal | undefined) {
  const limit = new AbortController();
  const end = () => limit.abort();
  const timer = setTimeout(end, seconds * 1000);
  if (signal?.aborted === true) end();
  signal?.addEventListener("abort", end);
  const clear = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  };
  return { signal: limit.signal, clear };
}

// A feed that closes is a process that stops.
async function stopped<T>(wait: () => Promise<T>): Promise<T | "interrupted"> {
  try {
    return await wait();
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === "AbortError") return "interrupted";
    throw thrown;
  }
}

function withProperties(select: Selection, needs: readonly Selection["properties"][number][]) {
  const properties = new Set([...select.properties, "status" as const, ...needs]);
  return { ...select, properties: [...properties] };
}
