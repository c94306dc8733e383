import { askings, gatherAnswer, type GatherStep, type SpokenStep } from "@call-log/model";

/** Digits that are pressed at a question, in the carrier's seconds since the answer. */
export interface Press {
  afterSeconds: number;
  /** Index of the question's step. */
  step: number;
  digits: string;
  /** How often a key had had the question repeated, where it had. */
  sequence?: number;
}

/** Seconds from the answer until something is pressed at the first question, and from one asking to the next. */
export const PRESSING_SECONDS = 5;
const NEXT_ASKING_SECONDS = 3;

/**
 * What a callee presses in a call: each time that a question is asked what the script has for that time, its last word from then on; an empty
 * text is silence. As at real carriers, no more keys are read than the question asks for, and silence has no callback.
 */
export function pressesOf(steps: readonly SpokenStep[], script: readonly string[]): Press[] {
  if (script.length === 0) return [];
  const presses: Press[] = [];
  let afterSeconds = PRESSING_SECONDS;
  for (const [step, question] of steps.entries()) {
    if (!("gather" in question)) continue;
    for (const { digits, ...place } of answersTo(question, script)) {
      if (digits !== "") presses.push({ afterSeconds, step, digits, ...place });
      afterSeconds += NEXT_ASKING_SECONDS;
    }
  }
  return presses;
}

function answersTo(question: GatherStep, script: readonly string[]) {
  const answers: { digits: string; sequence?: number }[] = [];
  for (let [repeats, silences, goesOn] = [0, 0, true]; goesOn;) {
    const word = script[Math.min(answers.length, script.length - 1)] ?? "";
    const digits = word.slice(0, question.gather.digits);
    answers.push({ digits, ...(repeats > 0 && { sequence: repeats }) });
    silences = digits === "" ? silences + 1 : 0;
    const { asksAgain } = gatherAnswer(question, digits, repeats);
    goesOn = digits === "" ? silences < askings(question) : asksAgain;
    if (asksAgain) repeats += 1;
  }
  return answers;
}
