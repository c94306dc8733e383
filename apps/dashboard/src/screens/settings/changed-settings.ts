import { isSameSetting, type ProjectSettings, type SettingsChange } from "@call-log/model";

import type { Project } from "./project.ts";

/** Name of a setting. */
export type SettingName = keyof ProjectSettings;

/** What a form changes of the settings that it was filled with, with what they were; undefined when that is nothing. */
export function changedSettings(
  wanted: ProjectSettings,
  filled: Partial<Project>,
): SettingsChange | undefined {
  const names = (Object.keys(wanted) as SettingName[]).filter(
    (name) => !isSameSetting(wanted[name], filled[name]),
  );
  if (names.length === 0) return undefined;
  const of = (source: Partial<Record<SettingName, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, source[name] ?? null]));
  return { ...of(wanted), was: of(filled) };
}

/** The settings that a form was filled with, as they are after a change of some of them. */
export function filledAfter(
  filled: Partial<Project>,
  change: SettingsChange,
  after: Project,
): Partial<Project> {
  const { was: _was, ...settings } = change;
  const names = Object.keys(settings) as SettingName[];
  return { ...filled, ...Object.fromEntries(names.map((name) => [name, after[name]])) };
}

/** What a setting is called. */
export const SETTING_LABELS: Readonly<Record<SettingName, string>> = {
  name: "Name",
  fromNumbers: "Numbers to call from",
  providerChain: "Providers",
  allowedCountries: "Countries",
  allowedNumberTypes: "Costly numbers",
  blockedPrefixes: "Blocked beginnings",
  budget: "Budget",
  calleeLimits: "Limits",
  callsPerSecond: "Calls a second",
  quietHours: "Quiet hours",
  retentionDays: "Days that call logs are kept",
};

/** A setting's value in words: lists with commas, objects by their fields. */
export function settingText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(settingText).join(", ");
  if (typeof value !== "object") return typeof value === "string" ? value : JSON.stringify(value);
  return Object.entries(value)
    .map(([name, one]) => `${name} ${settingText(one)}`)
    .join(", ");
}
