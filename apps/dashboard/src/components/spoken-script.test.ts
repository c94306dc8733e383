import { speakable } from "@call-log/model";
import { expect, test } from "vitest";

import { spokenScript } from "./spoken-script.ts";

test("what is said and what happens between, cleaned as the carrier is sent it", () => {
  const steps = speakable([
    { say: "The \u0007database is down." },
    { pause: 2 },
    { play: "https://shop.example/alarm.mp3" },
    {
      gather: {
        say: "Press 4.",
        digits: 1,
        timeoutSeconds: 10,
        on: { "4": { acknowledge: true, say: "Thank you." }, "*": { repeat: true } },
        otherwise: { say: "Goodbye." },
        onSilence: { repeat: 2 },
      },
    },
  ]);
  expect(spokenScript(steps).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    "said: The database is down.",
    "note: 2 seconds of silence",
    "note: A sound is played: https://shop.example/alarm.mp3",
    "said: Press 4.",
    // Keys that look like numbers come first in an object of JavaScript.
    "note: 4 acknowledges the call:",
    "answer: Thank you.",
    "note: * repeats the question",
    "note: Without a key it is asked 2 more times",
    "note: Other keys, and silence, are answered:",
    "answer: Goodbye.",
  ]);
});
