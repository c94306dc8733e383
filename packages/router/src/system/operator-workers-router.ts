import { CallLogError, onlyKeys } from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import type { RouterContext } from "../context.ts";
import { operatorProcedure } from "../procedure.ts";

const which = onlyKeys({
  id: z.string({ error: "must be the id of a worker" }).optional(),
  all: z.literal(true, { error: "must be true" }).optional(),
}).refine(({ id, all }) => (id === undefined) === (all === true), {
  error: "give either id or all",
});

/** Workers, for operators: `drain` has one or all take no more jobs, `resume` has them take jobs again. */
export const operatorWorkersRouter = {
  drain: operatorProcedure.input(which).mutation(({ ctx, input }) => setDraining(ctx, input, true)),
  resume: operatorProcedure
    .input(which)
    .mutation(({ ctx, input }) => setDraining(ctx, input, false)),
} satisfies TRPCRouterRecord;

async function setDraining(
  ctx: RouterContext & Parameters<typeof actingOf>[0],
  { id }: z.output<typeof which>,
  isDraining: boolean,
): Promise<{ workers: string[] }> {
  const { processes } = ctx.store;
  const all = (await processes.alive()).flatMap((one) => (one.role === "api" ? [] : one.id));
  if (id !== undefined && !all.includes(id))
    throw new CallLogError("NOT_FOUND", `no worker with the id ${JSON.stringify(id)} is alive`);
  const chosen = id === undefined ? all : [id];
  const acting = actingOf(ctx);
  for (const one of chosen) await processes.setDraining(one, isDraining, acting);
  return { workers: chosen };
}
