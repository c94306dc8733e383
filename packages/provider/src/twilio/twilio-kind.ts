import type { ProviderKind } from "../provider-kind.ts";
import { createTwilioProvider } from "./twilio-provider.ts";
import { keyProblems, twilioSettings } from "./twilio-settings.ts";

/** Twilio, as a kind of account. */
export const twilioKind: ProviderKind<typeof twilioSettings> = {
  settings: twilioSettings,
  problemsOf: keyProblems,
  create: createTwilioProvider,
};
