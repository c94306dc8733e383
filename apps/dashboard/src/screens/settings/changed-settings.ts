import { isSameSetting, type ProjectSettings, type SettingsChange } from "@call-log/model";

import { t, tIn } from "../../language/translate.ts";
import { valueInWords } from "../../words/recorded-value.ts";
import type { Project } from "./project.ts";

/** Name of a project setting. */
export type SettingName = keyof ProjectSettings;

/** Changes of a form against the settings that it was filled with, and their old values; undefined without changes. */
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

/** The settings that a form was filled with, after some of them changed. */
export function filledAfter(
  filled: Partial<Project>,
  change: SettingsChange,
  after: Project,
): Partial<Project> {
  const { was: _was, ...settings } = change;
  const names = Object.keys(settings) as SettingName[];
  return { ...filled, ...Object.fromEntries(names.map((name) => [name, after[name]])) };
}

/** Label of a setting. */
export const SETTING_LABELS: Readonly<Record<SettingName, string>> = {
  name: t("Name"),
  fromNumbers: t("From-numbers"),
  providerChain: t("Providers"),
  allowedCountries: t("Countries"),
  allowedNumberTypes: t("Costly numbers"),
  blockedPrefixes: t("Blocked prefixes"),
  budget: t("Budget"),
  calleeLimits: t("Calls to one number"),
  callsPerSecond: t("Calls per second"),
  quietHours: t("Quiet hours"),
  retentionDays: t("Retention in days"),
};

/** A setting's value in words. */
export function settingText(name: SettingName, value: unknown): string {
  return valueInWords(name, value) || tIn("setting", "none");
}
