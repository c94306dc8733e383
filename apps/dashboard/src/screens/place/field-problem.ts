import { problemIn } from "../../connection/error-text.ts";
import { t } from "../../language/translate.ts";
import { issueWords } from "../../words/issue-words.ts";

/** Names of request fields in the form's words, the longer ones first. */
const LABELS: readonly [name: string, label: string][] = [
  ["scheduledAt", t("“Not before”")],
  ["deadlineAt", t("“Not after”")],
];

/** Problems that the form says in its own words. */
const WORDS: readonly [problem: RegExp, text: string][] = [
  [
    /^"acknowledged" needs a gather step/,
    t("Add a question first: “Add a question” below the text."),
  ],
  [/^must have something that can be said/, t("Write what the call says.")],
  [/^must be text$/, t("Write something here.")],
];

/** The server's problem with one of these fields, as a sentence about the form; undefined when it is about another field. */
export function fieldProblem(error: unknown, ...places: readonly string[]): string | undefined {
  const text = problemIn(error, ...places);
  return text === undefined ? undefined : problemSentence(text);
}

/** A problem of a field as a sentence about the form. */
export function problemSentence(problem: string): string {
  const own = WORDS.find(([pattern]) => pattern.test(problem));
  if (own !== undefined) return own[1];
  const words = issueWords(problem);
  const named = LABELS.reduce((text, [name, label]) => text.replaceAll(name, label), words);
  const sentence = /^(must|may|has|is)\b/.test(named)
    ? t("This {problem}", { problem: named })
    : named;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
