import {
  PROBLEM_RULES,
  problemDocs,
  type ProblemRuleName,
  type ProblemSeverity,
} from "./problem-rule.ts";

/** A problem as it is kept: what is wrong, where, and since when. */
export interface Problem {
  /** Stable id of this problem. */
  id: string;
  rule: ProblemRuleName;
  /** Absent: it is the installation's. */
  projectId?: string | undefined;
  /** What it is about, such as a provider account. */
  subject?: string | undefined;
  text: string;
  since: Date;
}

/** A problem with its words, as the API and the webhook show it; times are ISO text. */
export interface ShownProblem {
  id: string;
  rule: ProblemRuleName;
  severity: ProblemSeverity;
  title: string;
  /** What is wrong, in a sentence. */
  text: string;
  /** What to do about it. */
  remedy: string;
  /** Page of the documentation. */
  docs: string;
  /** Null: it is the installation's. */
  projectId: string | null;
  subject: string | null;
  since: string;
}

/** A problem with its words. */
export function shownProblem(problem: Problem): ShownProblem {
  const { id, rule, text, projectId = null, subject = null, since } = problem;
  const { severity, title, remedy } = PROBLEM_RULES[rule];
  const words = { severity, title, text, remedy, docs: problemDocs(rule) };
  return { id, rule, ...words, projectId, subject, since: since.toISOString() };
}
