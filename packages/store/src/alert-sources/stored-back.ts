import {
  type BackToSource,
  CallLogError,
  changedBack,
  type FieldChange,
  secretProblem,
  shownBack,
  type ShownBackToSource,
} from "@call-log/model";

/** The settings that a document holds, as they are used. */
export function readBack(stored: string | undefined): BackToSource | undefined {
  return stored === undefined ? undefined : (JSON.parse(stored) as BackToSource);
}

/** The settings that a document holds, as they are shown. */
export function shownStoredBack(stored: string | undefined): ShownBackToSource | undefined {
  const back = readBack(stored);
  return back && shownBack(back);
}

/** What a document holds after a change; null removes the settings. BAD_REQUEST when the secret of the kind is missing. */
export function backAfter(
  stored: string | undefined,
  change: BackToSource | null | undefined,
): string | undefined {
  if (change === undefined) return stored;
  if (change === null) return undefined;
  const back = changedBack(readBack(stored), change);
  const problem = secretProblem(back);
  if (problem !== undefined) throw new CallLogError("BAD_REQUEST", `back.secret: ${problem}`);
  return JSON.stringify(back);
}

/** The line of the audit trail about the settings: without secrets, but with whether there is another one. */
export function backChange(from: string | undefined, to: string | undefined): FieldChange[] {
  if (from === to) return [];
  const [before, after] = [readBack(from), readBack(to)];
  const isOther = before?.secret !== undefined && before.secret !== after?.secret;
  const shown = (back: BackToSource | undefined, isNew: boolean) =>
    back && JSON.stringify({ ...shownBack(back), ...(isNew && { isOtherSecret: true }) });
  return [{ field: "back", from: shown(before, false), to: shown(after, isOther) }];
}
