import { simulatedKind } from "./simulated/simulated-kind.ts";
import { telnyxKind } from "./telnyx/telnyx-kind.ts";
import { twilioKind } from "./twilio/twilio-kind.ts";

/** Every kind of provider, by its name. A new one is a folder beside `simulated/` and a line here. */
export const PROVIDERS = {
  simulated: simulatedKind,
  twilio: twilioKind,
  telnyx: telnyxKind,
} as const;

/** Name of a kind of provider. */
export type ProviderKindName = keyof typeof PROVIDERS;

/** All names of kinds. */
export const PROVIDER_KIND_NAMES = Object.keys(PROVIDERS) as [
  ProviderKindName,
  ...ProviderKindName[],
];
