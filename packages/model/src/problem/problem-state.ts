import type { Finding, ProblemRule, ProblemRuleName } from "./problem-rule.ts";

/** What is kept of a problem between two looks: `pending` until it has been there for long enough, then `open`. */
export interface ProblemState extends Finding {
  /** Rule, project and subject. */
  key: string;
  rule: ProblemRuleName;
  /** Stable id of this problem; the next one of the same key has another. */
  problemId: string;
  state: "pending" | "open";
  /** When it was seen first. */
  since: Date;
  /** When an open problem was seen to be gone; absent while it is there. */
  goneSince?: Date | undefined;
}

/** What a look makes of a problem: its next state, undefined when nothing is to be kept, and whether it begins or ends now. */
export interface ProblemStep {
  state: ProblemState | undefined;
  event?: "began" | "ended";
}

/** One look at one problem. */
export interface ProblemLook {
  rule: ProblemRuleName;
  /** How long it takes to begin and to end. */
  times: Pick<ProblemRule, "afterSeconds" | "clearSeconds">;
  /** What was kept by the look before. */
  before: ProblemState | undefined;
  /** Undefined: nothing is wrong. */
  finding: Finding | undefined;
  at: Date;
  newId: () => string;
}

/** Identifies what can be wrong once at a time. */
export function problemKey(rule: ProblemRuleName, { projectId, subject }: Finding): string {
  return [rule, projectId ?? "", subject ?? ""].join("|");
}

/** The next state of a problem. */
export function nextProblemState(look: ProblemLook): ProblemStep {
  const { before, finding } = look;
  if (finding !== undefined) return seen(look, finding);
  if (before === undefined || before.state === "pending") return { state: undefined };
  return unseen(look, before);
}

// It begins at the second look at the earliest: its id is in the database by then, so it begins once even after a crash.
function seen({ rule, times, before, at, newId }: ProblemLook, finding: Finding): ProblemStep {
  const about = { ...finding, key: problemKey(rule, finding), rule };
  if (before === undefined)
    return { state: { ...about, problemId: newId(), since: at, state: "pending" } };
  const { problemId, since, state } = before;
  const isLong = secondsSince(since, at) >= times.afterSeconds;
  if (state === "open" || !isLong) return { state: { ...about, problemId, since, state } };
  return { state: { ...about, problemId, since, state: "open" }, event: "began" };
}

function unseen({ times, at }: ProblemLook, before: ProblemState): ProblemStep {
  const { goneSince = at } = before;
  const isLong = secondsSince(goneSince, at) >= times.clearSeconds;
  return isLong ? { state: undefined, event: "ended" } : { state: { ...before, goneSince } };
}

function secondsSince(since: Date, at: Date): number {
  return (at.getTime() - since.getTime()) / 1000;
}
