import { type Environment, parseSettings, SettingsError } from "@call-log/model";
import { z } from "zod";

import { accountPrefix } from "./account-name.ts";
import type { ProviderKind, ProviderPlace } from "./provider-kind.ts";
import { PROVIDER_KIND_NAMES, type ProviderKindName, PROVIDERS } from "./provider-table.ts";
import type { Provider } from "./provider.ts";

/** One account at a provider with its settings; made into a `Provider` when the process has its data folder. */
export interface ProviderAccount {
  /** Name in the record: that of its kind, with a suffix where there are several, such as `twilio-backup`. */
  name: string;
  /** Whether it can call back at an address that only this machine knows. */
  isLocal: boolean;
  open(place: ProviderPlace): Provider;
}

/** Settings that an account of every kind has, by names without its prefix. */
export const accountSettings = z.object({
  CALLS_PER_SECOND: z.coerce
    .number({ error: "must be a number of calls" })
    .positive({ error: "must be more than 0 calls" })
    .optional()
    .meta({ description: "Calls that this account may start per second" }),
});

const ACCOUNT_NAME = /^([a-z]+)(?:-[a-z0-9]+)*$/;

const NAMES_ERROR = `must be accounts with commas, each named ${PROVIDER_KIND_NAMES.join(", ")}, or one of these with a suffix, such as ${PROVIDER_KIND_NAMES.at(-1)}-backup`;

/** Setting: names of accounts with commas, in the order in which they are tried. */
export const accountNames = z
  .string({ error: `must be set: ${NAMES_ERROR.replace(/^must be /, "")}` })
  .transform((text) => text.split(",").map((name) => name.trim()))
  .refine((names) => names.every((name) => kindOf(name) !== undefined), { error: NAMES_ERROR })
  .refine((names) => new Set(names).size === names.length, {
    error: "must name each account once",
  });

/** The accounts of these names with their settings. Throws a SettingsError that names every bad variable. */
export function readAccount(name: string, environment: Environment): ProviderAccount {
  const kindName = kindOf(name);
  if (kindName === undefined) throw new Error(`no provider is named ${name}`);
  const kind: ProviderKind = PROVIDERS[kindName];
  const prefix = accountPrefix(name);
  const given = parseSettings(z.object(variablesOf(kind, prefix)), environment);
  const settings = Object.fromEntries(
    Object.entries(given).map(([variable, value]) => [variable.slice(prefix.length), value]),
  );
  const problems = kind.problemsOf?.(settings) ?? [];
  if (problems.length > 0)
    throw new SettingsError(problems.map(([key, text]) => `${prefix}${key}: ${text}`).join("\n"));
  const { CALLS_PER_SECOND: configuredCallsPerSecond } = accountSettings.parse(settings);
  const open = (place: ProviderPlace): Provider => {
    const provider = kind.create({ name, settings, ...place });
    return configuredCallsPerSecond === undefined
      ? provider
      : { ...provider, configuredCallsPerSecond };
  };
  return { name, isLocal: kind.isLocal ?? false, open };
}

/** Names of the environment variables of an account. */
export function accountVariables(name: string): string[] {
  const kindName = kindOf(name);
  return kindName === undefined
    ? []
    : Object.keys(variablesOf(PROVIDERS[kindName], accountPrefix(name)));
}

function variablesOf({ settings }: ProviderKind, prefix: string): Record<string, z.core.SomeType> {
  const shape = { ...settings.shape, ...accountSettings.shape };
  const prefixed = Object.entries(shape).map(([key, setting]) => [prefix + key, setting] as const);
  return Object.fromEntries(prefixed);
}

function kindOf(name: string): ProviderKindName | undefined {
  const kind = ACCOUNT_NAME.exec(name)?.[1];
  return PROVIDER_KIND_NAMES.find((known) => known === kind);
}
