import type { Provider } from "@call-log/provider";

/**
 * Max call starts per second: account setting, else installation setting, else the provider's default; undefined means
 * no limit.
 */
export function accountLimit(
  { providerCallsPerSecond }: { providerCallsPerSecond?: number | undefined },
  account: Provider | undefined,
): number | undefined {
  return account?.configuredCallsPerSecond ?? providerCallsPerSecond ?? account?.callsPerSecond;
}
