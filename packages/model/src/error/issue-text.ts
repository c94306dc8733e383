import { z } from "zod";

import { issueWords } from "./issue-words.ts";

type Issue = z.core.$ZodIssue;

// For every schema of the process; one that has an error of its own keeps it.
z.config({ customError: issueWords });

/** The first problem of a failed parse as one sentence with its place: `query.status: must be text`. */
export function issueText(error: z.ZodError, root?: string): string {
  const [first] = error.issues;
  if (first === undefined) return `${root ?? "input"}: not valid`;
  const { path, message } = innermost(first);
  const place = [...(root === undefined ? [] : [root]), ...path].map(String).join(".");
  return `${place === "" ? "input" : place}: ${message}`;
}

/**
 * The fields at fault in a failed parse, each once, as their places: `say.0.gather`, of what is not allowed its own
 * name; `input` for the whole.
 */
export function issueFields(error: z.ZodError): string[] {
  const places = error.issues.flatMap(placesOf).map((path) => path.map(String).join("."));
  return [...new Set(places.map((place) => (place === "" ? "input" : place)))];
}

function placesOf(issue: Issue): PropertyKey[][] {
  const meant = issue.code === "invalid_union" ? meantBranch(issue.errors) : undefined;
  if (meant !== undefined) return placesOf(meant).map((path) => [...issue.path, ...path]);
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => [...issue.path, key]);
  return [issue.path];
}

// A union's own message says little; where one branch is the one that was meant, its problem is the caller's.
function innermost(issue: Issue): { path: PropertyKey[]; message: string } {
  const meant = issue.code === "invalid_union" ? meantBranch(issue.errors) : undefined;
  if (meant === undefined) return { path: issue.path, message: issue.message };
  const inner = innermost(meant);
  return { path: [...issue.path, ...inner.path], message: inner.message };
}

// The branch that knows every key that was given, and got furthest.
function meantBranch(branches: readonly Issue[][]): Issue | undefined {
  const candidates = branches.flatMap((issues) => {
    const [first] = issues;
    return first && first.path.length > 0 && !issues.some(isUnknownKey) ? [first] : [];
  });
  return candidates.toSorted((a, b) => b.path.length - a.path.length)[0];
}

function isUnknownKey(issue: Issue): boolean {
  return issue.code === "unrecognized_keys" && issue.path.length === 0;
}
