import {
  CallLogError,
  countInput,
  figuresInput,
  followInput,
  histogramInput,
  itemInput,
  liveInput,
  listInput,
  presentCallLog,
  type Project,
  type Selection,
  statsInput,
  waitInput,
} from "@call-log/model";
import { callerId } from "@call-log/store";
import type { TRPCRouterRecord } from "@trpc/server";

import type { RouterContext } from "../context.ts";
import { readProcedure } from "../procedure.ts";
import type { ReadingContext } from "./call-states.ts";
import { followCall } from "./follow-call.ts";
import { liveCalls } from "./live-calls.ts";
import { waitForCall } from "./wait-for-call.ts";

/** Reading the call log of the key's project: `getList`, `getItem`, `count`, `stats`, `figures`, `histogram`, `wait`, `follow`, `live`. */
export const callLogRouter = {
  getList: readProcedure.input(listInput.prefault({})).query(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const [page, project] = await Promise.all([
      ctx.reader.list({ projectId, input }),
      projectFor(ctx, projectId, input.select),
    ]);
    return {
      ...page,
      data: page.data.map((record) => presentCallLog(record, input.select, project)),
    };
  }),
  getItem: readProcedure.input(itemInput).query(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const [record, project] = await Promise.all([
      ctx.reader.item({ projectId, ...input }),
      projectFor(ctx, projectId, input.select),
    ]);
    if (record === undefined)
      throw new CallLogError("NOT_FOUND", "There is no such call log in the project of this key.");
    return presentCallLog(record, input.select, project);
  }),
  count: readProcedure
    .input(countInput.prefault({}))
    .query(({ ctx, input }) => ctx.reader.count({ projectId: ctx.identity.projectId, ...input })),
  stats: readProcedure
    .input(statsInput.prefault({}))
    .query(({ ctx, input }) => ctx.reader.stats({ projectId: ctx.identity.projectId, ...input })),
  figures: readProcedure
    .input(figuresInput.prefault({}))
    .query(({ ctx, input }) => ctx.reader.figures({ projectId: ctx.identity.projectId, ...input })),
  histogram: readProcedure
    .input(histogramInput.prefault({}))
    .query(({ ctx, input }) =>
      ctx.reader.histogram({ projectId: ctx.identity.projectId, ...input }),
    ),
  wait: readProcedure
    .input(waitInput)
    .query(({ ctx, input, signal }) => waitForCall(ctx, input, signal)),
  follow: readProcedure
    .input(followInput)
    .subscription(({ ctx, input, signal }) =>
      inSlot(ctx, signal, () => followCall(ctx, input, signal)),
    ),
  live: readProcedure
    .input(liveInput.prefault({}))
    .subscription(({ ctx, input, signal }) =>
      inSlot(ctx, signal, async () => liveCalls(ctx, input, signal)),
    ),
} satisfies TRPCRouterRecord;

// The project is ours, so it is looked up, but only for a selection that shows it.
async function projectFor(
  { store }: RouterContext,
  projectId: string,
  select: Selection,
): Promise<Project | undefined> {
  return "project" in select.relations ? store.projects.find(projectId) : undefined;
}

// The slot is taken before the stream begins, so that a refusal has its own HTTP status.
async function inSlot<T>(
  ctx: ReadingContext,
  signal: AbortSignal | undefined,
  begin: () => Promise<AsyncIterable<T>>,
): Promise<AsyncGenerator<T, void>> {
  const release = ctx.streams?.take(callerId(ctx.identity));
  if (release !== undefined) signal?.addEventListener("abort", release, { once: true });
  try {
    return releasing(await begin(), release);
  } catch (thrown) {
    release?.();
    throw thrown;
  }
}

async function* releasing<T>(stream: AsyncIterable<T>, release: (() => void) | undefined) {
  try {
    yield* stream;
  } finally {
    release?.();
  }
}
