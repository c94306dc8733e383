import { gatherAnswer, type GatherStep, isAcknowledgement, type SpokenStep } from "@call-log/model";
import type { RehearsedTry } from "@call-log/provider";

/** One thing that a callee hears or does in an answered call. */
export type HeardLine =
  | { kind: "said" | "answered"; text: string }
  | { kind: "asked"; text: string; isRepeat: boolean }
  | { kind: "pause"; seconds: number }
  | { kind: "sound"; address: string }
  | { kind: "pressed"; digits: string; acknowledges: boolean }
  | { kind: "silence" }
  /** The call ends before the rest is heard. */
  | { kind: "cut" };

/** What a callee hears and does in one try, in order; empty where nobody answers. */
export function heardLines(
  steps: readonly SpokenStep[],
  { events, answers }: Pick<RehearsedTry, "events" | "answers">,
): HeardLine[] {
  if (!events.some(({ status }) => status === "in-progress")) return [];
  const lines: HeardLine[] = [];
  let pressesLeft = events.filter(({ status }) => status === "digits").length;
  for (const [index, step] of steps.entries()) {
    if (!("gather" in step)) {
      lines.push(...plainLine(step));
      continue;
    }
    const given = answers.filter((one) => one.step === index);
    for (const [time, answer] of given.entries()) {
      lines.push({ kind: "asked", text: step.gather.say, isRepeat: time > 0 });
      if (answer.digits !== "" && pressesLeft === 0) return [...lines, { kind: "cut" }];
      if (answer.digits !== "") pressesLeft -= 1;
      lines.push(...answerLines(steps, { question: step, answer }));
    }
    const isOpen = given.at(-1)?.digits === "";
    const otherwise = step.gather.otherwise?.say;
    if (isOpen && otherwise) lines.push({ kind: "answered", text: otherwise });
  }
  return lines;
}

function plainLine(step: Exclude<SpokenStep, GatherStep>): HeardLine[] {
  if ("say" in step) return [{ kind: "said", text: step.say }];
  if ("pause" in step) return [{ kind: "pause", seconds: step.pause }];
  return [{ kind: "sound", address: step.play }];
}

function answerLines(
  steps: readonly SpokenStep[],
  { question, answer }: { question: GatherStep; answer: RehearsedTry["answers"][number] },
): HeardLine[] {
  const { step, digits, sequence = 0 } = answer;
  if (digits === "") return [{ kind: "silence" }];
  const acknowledges = isAcknowledgement(steps, digits, step);
  const { say } = gatherAnswer(question, digits, sequence);
  const answered: HeardLine[] = say ? [{ kind: "answered", text: say }] : [];
  return [{ kind: "pressed", digits, acknowledges }, ...answered];
}
