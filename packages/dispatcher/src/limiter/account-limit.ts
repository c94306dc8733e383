import type { Provider } from "@call-log/provider";

import type { DispatcherSettings } from "../context/dispatcher-settings.ts";

/** Calls a second that an account may begin: its own setting, else that of the installation, else what the provider's rules allow; undefined for no limit. */
export function accountLimit(
  { providerCallsPerSecond }: DispatcherSettings,
  account: Provider | undefined,
): number | undefined {
  return account?.configuredCallsPerSecond ?? providerCallsPerSecond ?? account?.callsPerSecond;
}
