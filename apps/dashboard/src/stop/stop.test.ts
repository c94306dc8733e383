import { expect, test } from "vitest";

import { endedSentences, fateSentences, reachSentence } from "./stop.ts";

const calm = { ringing: 0, answered: 0, waiting: 0, unknown: 0 };
const project = { kind: "project", name: "Shop" } as const;

test("the reach is a sentence that says who else is affected", () => {
  expect(reachSentence(project)).toContain("the project Shop is dialled");
  expect(reachSentence({ kind: "provider", name: "twilio" })).toContain("goes to twilio");
  expect(reachSentence({ kind: "everything" })).toContain("every provider account");
});

test("each kind of open call has its number and its fate", () => {
  expect(fateSentences(calm, project)).toEqual([
    "0 calls ring or are being dialled now.",
    "0 calls are answered now.",
    expect.stringMatching(/^0 calls wait now\. Waiting and new calls are kept/),
  ]);
  const words = fateSentences({ ringing: 1, answered: 2, waiting: 1200, unknown: 1 }, project);
  expect(words[0]).toBe("1 call rings or is being dialled now.");
  expect(words[2]).toMatch(/^They go on, unless you end them/);
  expect(words[3]).toMatch(/^1,200 calls wait now\./);
  expect(words[4]).toMatch(/^1 call is Unknown/);
});

test("waiting calls are not held by the stop of one provider", () => {
  const words = fateSentences({ ...calm, waiting: 7 }, { kind: "provider", name: "twilio" });
  expect(words.join(" ")).not.toContain("wait");
});

test("what was not ended is said with its reason", () => {
  expect(endedSentences({ ended: 0, notEnded: [], isCutShort: false })).toEqual([
    "No call was running.",
  ]);
  const notEnded = [{ reason: "the provider can't be asked", calls: 2, ids: ["a", "b"] }];
  expect(endedSentences({ ended: 1, notEnded, isCutShort: true })).toEqual([
    "1 call was ended.",
    "2 calls were not ended: the provider can't be asked.",
    "There were more running calls than one request ends: end them again.",
  ]);
});
