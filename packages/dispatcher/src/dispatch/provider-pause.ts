import type { DispatchContext } from "../dispatch-context.ts";
import { providerNamed } from "../dispatch-context.ts";
import { errorFields } from "../log.ts";
import type { ProviderAnswer } from "../rules/apply-answer.ts";

/** Pause a provider that refused a call for our account or number there: the next call would fare no better. */
export async function pauseMisconfigured(
  context: DispatchContext,
  { provider, result }: Pick<ProviderAnswer, "provider" | "result">,
): Promise<void> {
  if (result.kind !== "rejected" || result.errorClass !== "configuration") return;
  if (providerNamed(context, provider) === undefined) return;
  const { errorCode, errorMessage } = result;
  const reason = errorCode === undefined ? errorMessage : `${errorMessage} (${errorCode})`;
  await context.providerStates.pause(provider, { by: "configuration", reason });
  context.log.error({ provider, errorCode }, "a provider is paused: it refuses our configuration");
}

/** Ask the providers that were paused so whether their credentials are good again, each in its time, and resume those. */
export async function checkPausedProviders(context: DispatchContext): Promise<void> {
  const { providerStates, providers, settings, log } = context;
  for (const { _id: name, paused } of await providerStates.list()) {
    const provider = Object.hasOwn(providers, name) ? providers[name] : undefined;
    if (provider === undefined || paused?.by !== "configuration") continue;
    if (!(await providerStates.takeCheck(name, settings.providerCheckSeconds))) continue;
    try {
      const checked = await provider.check();
      if (checked.ok && (await providerStates.resume(name, "configuration")))
        log.info({ provider: name }, "a provider is resumed: its check was good");
    } catch (error) {
      log.warn({ provider: name, ...errorFields(error) }, "a paused provider could not be checked");
    }
  }
}
