import { expect, test } from "vitest";

import { spokenOf, summaryOf } from "./preview-text.ts";

test.each([
  [[], "The notification has no alerts: nobody is called."],
  [["call"], "1 call is placed."],
  [["call", "cancel", "call"], "2 calls are placed."],
  [["refuse", "call"], "1 call is placed, 1 is refused."],
  [["refuse", "nothing", "refuse"], "No call is placed, 2 are refused."],
] as const)("%j", (actions, sentence) => {
  expect(summaryOf(actions.map((action) => ({ action })))).toBe(sentence);
});

test("what is said is read of a text, and of steps with a question", () => {
  const request = (say: unknown) => ({ request: { toNumber: "+15559998888", say } as never });
  expect(spokenOf(request("Down."))).toBe("Down.");
  const steps = [
    { say: "Hello." },
    { pause: 1 },
    { gather: { say: "Down. Press 4.", on: { "4": { acknowledge: true } } } },
  ];
  expect(spokenOf(request(steps))).toBe("Hello. Down. Press 4.");
  expect(spokenOf({})).toBe("");
});
