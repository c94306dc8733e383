import { expect, test } from "vitest";

import { askings, gatherAnswer } from "./gather-answer.ts";
import { MAX_KEY_REPEATS, say, type GatherStep } from "./spoken-step.ts";

const [QUESTION] = say.parse([
  {
    gather: {
      say: "Press 4",
      on: {
        "4": { acknowledge: true, say: "Thanks" },
        "5": {},
        "*": { repeat: true, say: "Again" },
      },
      otherwise: { say: "Bye" },
      onSilence: { repeat: 2 },
    },
  },
]) as [GatherStep];

test.each([
  ["4", 0, { say: "Thanks", asksAgain: false }],
  ["5", 0, { asksAgain: false }],
  ["9", 0, { say: "Bye", asksAgain: false }],
  ["", 0, { say: "Bye", asksAgain: false }],
  ["constructor", 0, { say: "Bye", asksAgain: false }],
  ["*", 0, { say: "Again", asksAgain: true }],
  ["*", MAX_KEY_REPEATS - 1, { say: "Again", asksAgain: true }],
  ["*", MAX_KEY_REPEATS, { say: "Bye", asksAgain: false }],
])("after %j at repetition %i: %j", (digits, repeats, answer) => {
  expect(gatherAnswer(QUESTION, digits, repeats)).toEqual(answer);
});

test("a question is asked once, and as often again as silence repeats it", () => {
  expect(askings(QUESTION)).toBe(3);
  expect(askings({ gather: { ...QUESTION.gather, onSilence: undefined } })).toBe(1);
});
