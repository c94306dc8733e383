import type { z } from "zod";

import { errorIn } from "../../connection/error-text.ts";
import { issueWords } from "../../words/issue-words.ts";

/** What is wrong with the field at this place of the input, such as `rule.to`; undefined when nothing is. */
export type ProblemAt = (place: string) => string | undefined;

/** Problems of an input by their fields: what the form's own check found, else what the server refused. */
export function problemsAt(checked: z.ZodError | undefined, refused: unknown): ProblemAt {
  const found = new Map<string, string>();
  for (const { path, message } of checked?.issues ?? []) {
    const place = path.map(String).join(".");
    if (!found.has(place)) found.set(place, issueWords(message));
  }
  return (place) => found.get(place) ?? exactly(refused, place);
}

/** The first problem that is at none of these fields, as text with its place. */
export function unplacedProblem(
  checked: z.ZodError | undefined,
  places: readonly string[],
): string | undefined {
  const issue = checked?.issues.find(({ path }) => !isOneOf(path.map(String).join("."), places));
  return issue && `${issue.path.map(String).join(".")}: ${issueWords(issue.message)}`;
}

/** True when the server's refusal names one of these fields. */
export function isPlaced(refused: unknown, places: readonly string[]): boolean {
  return errorIn(refused, ...places) !== undefined;
}

function isOneOf(place: string, places: readonly string[]): boolean {
  return places.some((one) => place === one || place.startsWith(`${one}.`));
}

// Of `rule.toByLabel.numbers.1.to`, not each field that it is within.
function exactly(refused: unknown, place: string): string | undefined {
  return refused instanceof Error && refused.message.startsWith(`${place}: `)
    ? errorIn(refused, place)
    : undefined;
}
