import type { ProviderKind } from "../provider-kind.ts";
import { createTelnyxProvider } from "./telnyx-provider.ts";
import { telnyxSettings } from "./telnyx-settings.ts";

/** Telnyx, as a kind of account. */
export const telnyxKind: ProviderKind<typeof telnyxSettings> = {
  settings: telnyxSettings,
  create: createTelnyxProvider,
};
