import { PREVIEWED, type PreviewedRule, type ProjectSettings } from "@call-log/model";

import type { Outputs } from "../../api.ts";

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

const WORDS: Readonly<Record<PreviewedRule, string>> = {
  quietHours: "would have waited for the end of the quiet hours",
  calleeLimits: "would have waited, because their numbers were called too often",
  allowedNumbers: "would have been refused, because their numbers are not allowed",
  budget: "would have ended as Low Balance",
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
  if (calls === 0) return [{ text: `No calls since ${since} to try this on.`, callLogIds: [] }];
  return rules.map((rule) => {
    const { count, callLogIds } = changed[rule];
    const all = calls === 1 ? "the one call" : `the ${calls.toLocaleString("en")} calls`;
    const before = saved[rule].count;
    const beside =
      before === count ? "as with the saved settings" : `${before} with the saved ones`;
    const some = count === 0 ? "none" : count.toLocaleString("en");
    return {
      text: `With this, ${some} of ${all} since ${since} ${WORDS[rule]}; ${beside}.`,
      callLogIds,
    };
  });
}
