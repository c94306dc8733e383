import type { z } from "zod";

/** The first problem of a failed parse as one sentence with its place: `query.status: must be text`. */
export function issueText(error: z.ZodError, root = "request"): string {
  const issue = error.issues[0];
  if (issue === undefined) return `${root}: not valid`;
  const deeper = issue.code === "invalid_union" ? bestBranch(issue.errors) : undefined;
  const path = [root, ...issue.path, ...(deeper?.path ?? [])].map(String).join(".");
  return `${path}: ${deeper?.message ?? issue.message}`;
}

// Of a union's branches, the one that got furthest is the one the caller meant.
function bestBranch(branches: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue | undefined {
  const firsts = branches.flatMap((issues) => issues.slice(0, 1));
  return firsts
    .filter((issue) => issue.path.length > 0)
    .sort((a, b) => b.path.length - a.path.length)[0];
}
