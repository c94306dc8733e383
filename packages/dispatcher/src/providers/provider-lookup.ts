import type { Attempt } from "@call-log/model";
import type { Provider } from "@call-log/provider";

import type { DispatchContext } from "../dispatch-context.ts";
import { providerNamed } from "../dispatch-context.ts";

/** The provider that an attempt was handed to. Throws when it is not set up here, so that the call is looked at again later. */
export function providerOf(context: DispatchContext, attempt: Attempt): Provider {
  const provider = providerNamed(context, attempt.provider);
  if (provider === undefined) throw new Error(`provider of attempt ${attempt._id} is not set up`);
  return provider;
}
