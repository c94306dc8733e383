import { callRequest, type CallRequestInput, speakable } from "@call-log/model";
import { rehearsedTry } from "@call-log/provider";
import { expect, test } from "vitest";

import { heardLines } from "./heard-lines.ts";

const at = new Date("2026-11-23T03:12:00Z");

function heard(say: CallRequestInput["say"], script: string, timeLimitSeconds?: number) {
  const request = callRequest.parse({ toNumber: "+15550100100", say });
  const steps = speakable(request.say);
  const order = {
    attemptId: "376d7300-28fe-11f1-b591-3fdcef396aba-1",
    toNumber: request.toNumber,
    fromNumber: "+15551112222",
    steps,
    detectMachine: false,
    ...(timeLimitSeconds !== undefined && { timeLimitSeconds }),
  };
  return heardLines(steps, rehearsedTry(order, { script, tryNumber: 1, at })).map(
    ({ kind, ...rest }) => [kind, ...Object.values(rest)],
  );
}

const QUESTION = {
  gather: {
    say: "Press 4.",
    on: { "4": { acknowledge: true, say: "Thank you." }, "*": { repeat: true } },
    otherwise: { say: "Goodbye." },
    onSilence: { repeat: 2 },
  },
};
const ASKED = ["asked", "Press 4.", false];
const AGAIN = ["asked", "Press 4.", true];

test.each([
  ["presses-4", [ASKED, ["pressed", "4", true], ["answered", "Thank you."]]],
  ["presses-9", [ASKED, ["pressed", "9", false], ["answered", "Goodbye."]]],
  [
    "star-then-4",
    [ASKED, ["pressed", "*", false], AGAIN, ["pressed", "4", true], ["answered", "Thank you."]],
  ],
  [
    "silence-then-4",
    [ASKED, ["silence"], AGAIN, ["pressed", "4", true], ["answered", "Thank you."]],
  ],
  [
    "presses-nothing",
    [ASKED, ["silence"], AGAIN, ["silence"], AGAIN, ["silence"], ["answered", "Goodbye."]],
  ],
  ["busy", []],
])("%s", (script, lines) => {
  const first = [
    ["said", "Down."],
    ["pause", 2],
  ];
  const last = [["said", "Over."]];
  const all = lines.length === 0 ? [] : [...first, ...lines, ...last];
  expect(heard([{ say: "Down." }, { pause: 2 }, QUESTION, { say: "Over." }], script)).toEqual(all);
});

test("a call that is cut by its time limit is not heard to its end", () => {
  const steps = [QUESTION, { say: "Over." }];
  expect(heard(steps, "presses-4", 5)).toEqual([
    ASKED,
    ["pressed", "4", true],
    ["answered", "Thank you."],
    ["said", "Over."],
  ]);
  expect(heard(steps, "presses-4", 4)).toEqual([ASKED, ["cut"]]);
});
