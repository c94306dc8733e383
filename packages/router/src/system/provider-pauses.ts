import { CallLogError } from "@call-log/model";
import type { ProcessInfo } from "@call-log/store";

import type { RouterContext } from "../context.ts";

type Context = Pick<RouterContext, "store" | "dispatcher">;

/**
 * Every provider account, of this process and of the others, with its pause, null while it is called through. By whom and why is for
 * operators alone.
 */
export async function providerPauses(ctx: Context, running?: readonly ProcessInfo[]) {
  const { store, dispatcher } = ctx;
  const [states, others] = await Promise.all([
    store.providerStates.list(),
    running ?? store.processes.alive(),
  ]);
  const own = dispatcher.context.providers;
  return accountsOf(ctx, others).map((account) => {
    const pause = states.find(({ _id }) => _id === account)?.paused;
    const isSimulatedElsewhere = others.some(({ simulated }) => simulated.includes(account));
    return {
      name: account,
      isSimulated: own[account]?.isSimulated ?? isSimulatedElsewhere,
      pause: pause === undefined ? null : { ...pause, at: pause.at.toISOString() },
    };
  });
}

/** Throws BAD_REQUEST that names the accounts when there is no such one. */
export async function requireProvider(
  ctx: Context,
  account: string,
  field = "name",
): Promise<void> {
  const names = accountsOf(ctx, await ctx.store.processes.alive());
  if (names.includes(account)) return;
  throw new CallLogError("BAD_REQUEST", `${field}: must be one of: ${names.join(", ")}`);
}

// Its own first and in their order: where lists differ, others may have more.
function accountsOf({ dispatcher }: Context, others: readonly ProcessInfo[]): string[] {
  const own = Object.keys(dispatcher.context.providers);
  return [...new Set([...own, ...others.flatMap(({ providers }) => providers)])];
}
