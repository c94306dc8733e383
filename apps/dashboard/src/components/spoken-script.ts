import type { SpokenStep } from "@call-log/model";

import { t } from "../language/translate.ts";

/** One line of what a call does: a text that everybody hears, one that answers a key, or a note on what happens between. */
export interface SpokenLine {
  kind: "said" | "answer" | "note";
  text: string;
}

/** What a call says and does in its order, with the answers to each key. */
export function spokenScript(steps: readonly SpokenStep[]): SpokenLine[] {
  return steps.flatMap(linesOf);
}

function linesOf(step: SpokenStep): SpokenLine[] {
  if ("say" in step) return [said(step.say)];
  if ("pause" in step)
    return [
      note(
        t("{count, plural, one {# second of silence} other {# seconds of silence}}", {
          count: step.pause,
        }),
      ),
    ];
  if ("play" in step) return [note(t("A sound is played: {address}", { address: step.play }))];
  const { say, on, otherwise, onSilence } = step.gather;
  const answers = Object.entries(on).flatMap(([keys, branch]) => {
    const acts = [
      ...(branch.acknowledge ? [t("acknowledges the call")] : []),
      ...(branch.repeat ? [t("repeats the question")] : []),
    ];
    const what = acts.length === 0 ? t("is answered") : acts.join(t(" and "));
    return [note(`${keys} ${what}${branch.say === undefined ? "" : ":"}`), ...optional(branch.say)];
  });
  const silence = onSilence
    ? [note(t("Without a key it is asked {count} more times", { count: onSilence.repeat }))]
    : [];
  const other = otherwise?.say ? [note(t("Other keys, and silence, are answered:"))] : [];
  return [said(say), ...answers, ...silence, ...other, ...optional(otherwise?.say)];
}

function optional(text: string | undefined): SpokenLine[] {
  return text ? [{ kind: "answer", text }] : [];
}

function said(text: string): SpokenLine {
  return { kind: "said", text };
}

function note(text: string): SpokenLine {
  return { kind: "note", text };
}
