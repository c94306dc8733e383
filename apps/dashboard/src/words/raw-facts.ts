import type { AuditLine } from "@call-log/model";

import { changedParts } from "./changed-parts.ts";

/** A recorded fact: its name as the trail keeps it, and its value. */
export type RawFact = readonly [name: string, value: string];

/** What a line of the audit trail records, a fact for each value: those within values by their paths, `rule.text`. */
export function rawFacts({ changes, facts = {} }: Pick<AuditLine, "changes" | "facts">): RawFact[] {
  return [
    ...changes
      .flatMap((change) => changedParts(change, isListOfTexts))
      .map(({ field, from, to }) => [field, `${valueText(from)} → ${valueText(to)}`] as const),
    ...Object.entries(facts).map(([name, value]) => [name, valueText(value)] as const),
  ];
}

function isListOfTexts(_field: string, value: object): boolean {
  return Array.isArray(value) && value.every((one) => typeof one !== "object");
}

/** A value without values of its own as text; a dash for none. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(", ") || "–";
  if (value === undefined || value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
