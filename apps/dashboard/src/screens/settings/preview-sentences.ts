import { PREVIEWED, type PreviewedRule, type ProjectSettings } from "@call-log/model";

import type { Outputs } from "../../api.ts";
import { t } from "../../language/translate.ts";

/** What changed settings would have done with past calls, as the server returns it. */
export type Preview = Outputs["projects"]["previewSettings"];

/** A sentence of a preview, and the first calls that it speaks of. */
export interface PreviewSentence {
  text: string;
  callLogIds: readonly string[];
}

/** The rules that a setting belongs to; a setting without any has no preview. */
const RULES_OF: Readonly<Partial<Record<keyof ProjectSettings, PreviewedRule>>> = {
  allowedCountries: "allowedNumbers",
  allowedNumberTypes: "allowedNumbers",
  blockedPrefixes: "allowedNumbers",
  fromNumbers: "allowedNumbers",
  budget: "budget",
  calleeLimits: "calleeLimits",
  quietHours: "quietHours",
};

/** Values of a sentence. */
type Values = Readonly<{
  count: number;
  calls: number;
  saved: number;
  /** Whether the saved settings would have done the same. */
  isSame: "yes" | "no";
  since: string;
}>;

const WORDS: Readonly<Record<PreviewedRule, (values: Values) => string>> = {
  quietHours: (values) =>
    t(
      "With this, {count, plural, =0 {none} other {#}} of {calls, plural, one {the one call} other {the # calls}} since {since} would have waited for the end of the quiet hours; {isSame, select, yes {as with the saved settings} other {{saved, plural, =0 {none} other {#}} with the saved ones}}.",
      values,
    ),
  calleeLimits: (values) =>
    t(
      "With this, {count, plural, =0 {none} other {#}} of {calls, plural, one {the one call} other {the # calls}} since {since} would have waited, because their numbers were called too often; {isSame, select, yes {as with the saved settings} other {{saved, plural, =0 {none} other {#}} with the saved ones}}.",
      values,
    ),
  allowedNumbers: (values) =>
    t(
      "With this, {count, plural, =0 {none} other {#}} of {calls, plural, one {the one call} other {the # calls}} since {since} would have been refused, because their numbers are not allowed; {isSame, select, yes {as with the saved settings} other {{saved, plural, =0 {none} other {#}} with the saved ones}}.",
      values,
    ),
  budget: (values) =>
    t(
      "With this, {count, plural, =0 {none} other {#}} of {calls, plural, one {the one call} other {the # calls}} since {since} would have ended as Out of budget; {isSame, select, yes {as with the saved settings} other {{saved, plural, =0 {none} other {#}} with the saved ones}}.",
      values,
    ),
};

/** The rules that a change of these settings concerns. */
export function previewedRules(settings: ProjectSettings): PreviewedRule[] {
  const names = Object.keys(settings) as (keyof ProjectSettings)[];
  const concerned = new Set(names.map((name) => RULES_OF[name]));
  return (Object.keys(PREVIEWED) as PreviewedRule[]).filter((rule) => concerned.has(rule));
}

/** One sentence for each rule that is concerned, beside what the saved settings would have done. */
export function previewSentences(
  { calls, changed, saved }: Preview,
  { rules, since }: { rules: readonly PreviewedRule[]; since: string },
): PreviewSentence[] {
  if (calls === 0)
    return [{ text: t("No calls since {since} to try this on.", { since }), callLogIds: [] }];
  return rules.map((rule) => {
    const { count, callLogIds } = changed[rule];
    const before = saved[rule].count;
    const isSame = before === count ? "yes" : "no";
    return { text: WORDS[rule]({ count, calls, saved: before, isSame, since }), callLogIds };
  });
}
