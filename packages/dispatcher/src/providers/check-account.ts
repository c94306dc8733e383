import type { Provider } from "@call-log/provider";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import type { ProviderAnswer } from "../rules/apply-answer.ts";
import { providerNamed } from "./provider-lookup.ts";

type CheckContext = Pick<DispatchContext, "providers" | "providerStates" | "settings" | "log">;

/**
 * Check an account that refused a call for its own sake, and pause it only where the check agrees: a refusal alone is one project's. Of
 * all refusals one starts a check, every `PROVIDER_CHECK_SECONDS`; the others wait by their backoff meanwhile. Never rejects.
 */
export async function checkAccount(
  context: CheckContext,
  { provider: name, result }: Pick<ProviderAnswer, "provider" | "result">,
): Promise<void> {
  if (result.kind !== "rejected" || result.errorClass !== "account") return;
  const provider = providerNamed(context, name);
  if (provider === undefined) return;
  const { providerStates, settings, log } = context;
  const { errorCode } = result;
  try {
    if (!(await providerStates.takeFirstCheck(name, settings.providerCheckSeconds))) return;
    const checked = await checkInTime(provider, settings.providerTimeoutSeconds);
    if (checked.ok) {
      log.warn({ provider: name, errorCode }, "an account refused a call, but its check is good");
      return;
    }
    // The check's own words: those of the refusal are about one project's call.
    await providerStates.pause(name, { by: "configuration", reason: checked.reason });
    log.error({ provider: name, errorCode }, "a provider is paused: its account is refused");
  } catch (error) {
    log.warn({ provider: name, ...errorFields(error) }, "an account could not be checked");
  }
}

/** Check the accounts that a bad check has paused, each in its time, and resume those that are good again. */
export async function checkPausedProviders(context: CheckContext): Promise<void> {
  const { providerStates, settings, log } = context;
  for (const { _id: name, paused } of await providerStates.list()) {
    const provider = providerNamed(context, name);
    if (provider === undefined || paused?.by !== "configuration") continue;
    if (!(await providerStates.takeCheck(name, settings.providerCheckSeconds))) continue;
    try {
      const checked = await checkInTime(provider, settings.providerTimeoutSeconds);
      if (checked.ok && (await providerStates.resume(name, "configuration")))
        log.info({ provider: name }, "a provider is resumed: its check was good");
    } catch (error) {
      log.warn({ provider: name, ...errorFields(error) }, "a paused provider could not be checked");
    }
  }
}

// A check that hangs holds up a worker, or the sweep of every project.
async function checkInTime(provider: Provider, seconds: number): ReturnType<Provider["check"]> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("the check took too long")), seconds * 1000);
  });
  try {
    return await Promise.race([provider.check(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
