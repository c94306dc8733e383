import { CallLogError } from "@call-log/model";

import type { RouterContext } from "./context.ts";

type Context = Pick<RouterContext, "store" | "dispatcher">;

/** Every provider account with its pause, null while it is called through. By whom and why is for operators alone. */
export async function providerPauses({ store, dispatcher }: Context) {
  const states = await store.providerStates.list();
  return Object.keys(dispatcher.context.providers).map((account) => {
    const pause = states.find(({ _id }) => _id === account)?.paused;
    return {
      name: account,
      pause: pause === undefined ? null : { ...pause, at: pause.at.toISOString() },
    };
  });
}

/** Throws BAD_REQUEST that names the accounts when there is no such one. */
export function requireProvider({ dispatcher }: Context, account: string): void {
  const names = Object.keys(dispatcher.context.providers);
  if (names.includes(account)) return;
  throw new CallLogError("BAD_REQUEST", `name: must be one of: ${names.join(", ")}`);
}
