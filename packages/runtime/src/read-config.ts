import { dispatcherSettings, type DispatcherSettings } from "@call-log/dispatcher";
import { parseSettings, readTogether, type Environment } from "@call-log/model";
import {
  accountNames,
  accountVariables,
  type ProviderAccount,
  readAccount,
} from "@call-log/provider";
import { z } from "zod";

import { type MisspeltSetting, misspeltSettings } from "./misspelt-settings.ts";
import type { ProcessSettings } from "./process-settings.ts";
import { checkHealthSettings } from "./watch/health-settings.ts";

/** All settings of a process: its own, those of the dispatcher, and the provider accounts in their order. */
export type Config<S extends z.ZodType> = z.output<S> & {
  dispatcher: DispatcherSettings;
  accounts: ProviderAccount[];
  /** Variables that are set, read by nobody, and named much like a setting. */
  misspelt: readonly MisspeltSetting[];
};

/** Which accounts there are, also where other settings are bad. */
const named = z.object({ PROVIDER: accountNames.prefault("simulated").catch([]) });

/**
 * Read all settings from the environment; throws a SettingsError that names every bad one. `checks` are what settings have to fulfil together;
 * each throws a SettingsError of its own.
 */
export function readConfig<
  Shape extends z.core.$ZodLooseShape,
  S extends z.ZodObject<Shape> & z.ZodType<ProcessSettings>,
>(schema: S, environment: Environment, ...checks: (() => unknown)[]): Config<S> {
  const names = named.parse(environment).PROVIDER;
  const [own, dispatcher, accounts] = readTogether(
    () => parseSettings(schema, environment),
    () => parseSettings(dispatcherSettings, environment),
    () => readTogether(...names.map((name) => () => readAccount(name, environment))),
    () => checkHealthSettings(environment),
    ...checks,
  );
  const known = [
    ...Object.keys(schema.shape),
    ...Object.keys(dispatcherSettings.in.shape),
    ...names.flatMap(accountVariables),
  ];
  return { ...own, dispatcher, accounts, misspelt: misspeltSettings(environment, known) };
}
