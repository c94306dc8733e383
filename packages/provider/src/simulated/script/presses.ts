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

/** What a callee does each time that a question is asked; empty digits are silence. */
export interface Answer {
  /** Index of the question's step. */
  step: number;
  digits: string;
  /** How often a key had had the question repeated, where it had. */
  sequence?: number;
}

/**
 * What a callee presses in a call: each time that a question is asked what the script has for that time, its last word from then on; an empty
 * text is silence. As at real carriers, no more keys are read than the question asks for, and silence has no callback.
 */
export function pressesOf(steps: readonly SpokenStep[], script: readonly string[]): Press[] {
  if (script.length === 0) return [];
  return answersOf(steps, script).flatMap((answer, index) =>
    answer.digits === ""
      ? []
      : [{ afterSeconds: PRESSING_SECONDS + index * NEXT_ASKING_SECONDS, ...answer }],
  );
}

/** The same with the silences. */
export function answersOf(steps: readonly SpokenStep[], script: readonly string[]): Answer[] {
  return steps.flatMap((question, step) =>
    "gather" in question ? answersTo(question, script).map((one) => ({ step, ...one })) : [],
  );
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
