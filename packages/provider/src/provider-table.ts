import type { Provider } from "./provider.ts";
import { createSimulatedProvider, simulatedSettings } from "./simulated/simulated-provider.ts";

/** Settings of all providers in one object; each takes its own out of it. */
export type ProviderSettings = Readonly<Record<string, unknown>>;

/** Every provider, by its name in the record. A new one is a folder beside `simulated/` and a line here. */
export const PROVIDERS = {
  simulated: (settings) => createSimulatedProvider(simulatedSettings.parse(settings)),
} as const satisfies Record<string, (settings: ProviderSettings) => Provider>;

/** Name of a provider. */
export type ProviderName = keyof typeof PROVIDERS;

/** All names of providers. */
export const PROVIDER_NAMES = Object.keys(PROVIDERS) as [ProviderName, ...ProviderName[]];

/** A provider by its name. Throws a `ZodError` that names the settings that are missing or wrong. */
export function createProvider(name: ProviderName, settings: ProviderSettings): Provider {
  return PROVIDERS[name](settings);
}
