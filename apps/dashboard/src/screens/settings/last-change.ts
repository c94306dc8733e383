import type { Outputs } from "../../api.ts";

/** A line of the audit trail. */
type Line = Outputs["audit"]["list"]["data"][number];

/** One change of a setting: when, by whom, and its values before and after. */
export interface SettingChange extends Pick<Line, "createdAt" | "actor"> {
  key: string;
  from: unknown;
  to: unknown;
}

/** The changes of one setting within these lines of the audit trail, in their order; acts that were refused changed nothing. */
export function changesOf(lines: readonly Line[], name: string): SettingChange[] {
  return lines
    .filter(({ result }) => result === "done")
    .flatMap(({ _id, createdAt, actor, changes }) =>
      changes
        .filter(({ field }) => field === name)
        .map(({ from, to }) => ({ key: _id, createdAt, actor, from, to })),
    );
}
