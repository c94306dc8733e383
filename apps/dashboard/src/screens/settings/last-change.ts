import type { Outputs } from "../../api.ts";

/** A line of the audit trail. */
type Line = Outputs["audit"]["list"]["data"][number];

/** The newest of these lines, newest first, in which one of the settings was changed. */
export function lastChangeOf(lines: readonly Line[], names: readonly string[]): Line | undefined {
  return lines.find(({ changes }) => changes.some(({ field }) => names.includes(field)));
}
