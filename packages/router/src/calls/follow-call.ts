import { type CallLogView, type followInput, isFinalStatus, presentCallLog } from "@call-log/model";
import { tracked } from "@trpc/server";
import type { z } from "zod";

import { refusal } from "../procedure.ts";
import { callStates, currentCall, type ReadingContext } from "./call-states.ts";

/** One event of the stream of a call. */
export interface FollowedState {
  /** The call as it stands now. */
  call: CallLogView;
  /** Its status is final, and this is the last event. */
  isOver: boolean;
}

/**
 * A call as it stands, and again after each change, until it is over; an event's id is when the call was changed. Refuses before the stream
 * begins: throws NOT_FOUND.
 */
export async function followCall(
  ctx: ReadingContext,
  { id, select }: z.output<typeof followInput>,
  signal: AbortSignal | undefined,
) {
  const read = [...new Set([...select.properties, "status" as const, "updatedAt" as const])];
  const call = { id, select: { ...select, properties: read } };
  await currentCall(ctx, call);
  const { projectId } = ctx.identity;
  const project =
    "project" in select.relations ? await ctx.store.projects.find(projectId) : undefined;

  async function* states() {
    try {
      const until = signal ?? new AbortController().signal;
      for await (const record of callStates(ctx, call, until)) {
        const isOver = isFinalStatus(record.status ?? "");
        const state: FollowedState = { call: presentCallLog(record, select, project), isOver };
        yield tracked((record.updatedAt ?? record.createdAt ?? new Date(0)).toISOString(), state);
        if (isOver) return;
      }
    } catch (thrown) {
      // A closing process is no error for the client: it reconnects, to another process.
      if (thrown instanceof Error && thrown.name === "AbortError") throw thrown;
      throw refusal(thrown, ctx);
    }
  }
  return states();
}
