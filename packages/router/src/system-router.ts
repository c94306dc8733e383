import { CallLogError, onlyKeys } from "@call-log/model";
import { z } from "zod";

import type { RouterContext } from "./context.ts";
import { administerProcedure, readProcedure, router } from "./procedure.ts";

const name = z.string({ error: "must be the name of a provider account" });
const reason = z
  .string({ error: "must be text" })
  .trim()
  .min(1, { error: "must not be empty" })
  .max(200, { error: "must be at most 200 characters" });

/** How the installation does, and the switch of each provider account: `health`, `pauseProvider`, `resumeProvider`. */
export const systemRouter = router({
  health: readProcedure.query(async ({ ctx }) => {
    const { projectId } = ctx.identity;
    const at = ctx.now();
    const [queues, calls, providers] = await Promise.all([
      ctx.dispatcher.queues.depths(),
      ctx.reader.health({ projectId, now: at }),
      providerStates(ctx),
    ]);
    return { at: at.toISOString(), queues, calls, providers };
  }),
  pauseProvider: administerProcedure
    .input(onlyKeys({ name, reason }))
    .mutation(async ({ ctx, input }) => {
      requireProvider(ctx, input.name);
      await ctx.store.providerStates.pause(input.name, { by: "person", reason: input.reason });
      return { providers: await providerStates(ctx) };
    }),
  resumeProvider: administerProcedure.input(onlyKeys({ name })).mutation(async ({ ctx, input }) => {
    requireProvider(ctx, input.name);
    await ctx.store.providerStates.resume(input.name);
    return { providers: await providerStates(ctx) };
  }),
});

async function providerStates({ store, dispatcher }: RouterContext) {
  const states = await store.providerStates.list();
  return Object.keys(dispatcher.context.providers).map((account) => {
    const pause = states.find(({ _id }) => _id === account)?.paused;
    return {
      name: account,
      pause: pause === undefined ? null : { ...pause, at: pause.at.toISOString() },
    };
  });
}

function requireProvider({ dispatcher }: RouterContext, account: string): void {
  const names = Object.keys(dispatcher.context.providers);
  if (names.includes(account)) return;
  throw new CallLogError("BAD_REQUEST", `name: must be one of: ${names.join(", ")}`);
}
