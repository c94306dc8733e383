import { expect, test } from "vitest";

import {
  endedSentences,
  fateSentences,
  pauseLabel,
  pauseTitle,
  type Reach,
  reachSentence,
  resumeSentence,
} from "./stop.ts";

const calm = { ringing: 0, answered: 0, waiting: 0, unknown: 0 };
const project = { kind: "project", name: "Shop" } as const;

test("the reach is a sentence that says who else is affected", () => {
  expect(reachSentence(project)).toContain("the project Shop is dialled");
  expect(reachSentence({ kind: "provider", name: "twilio" })).toContain("goes to twilio");
  expect(reachSentence({ kind: "everything" })).toContain("every provider account");
});

const sentencesOf = (open: typeof calm, reach: Reach) =>
  fateSentences(open, reach).map(({ sentence }) => sentence);

test("what is paused is named on the button and above the dialog", () => {
  expect([pauseLabel(true), pauseLabel(false)]).toEqual(["Pause project", "Pause everything"]);
  expect(pauseTitle(project)).toBe("Pause all calls of Shop");
  expect(pauseTitle({ kind: "provider", name: "twilio" })).toBe("Pause all calls through twilio");
  expect(pauseTitle({ kind: "everything" })).toBe("Pause all calls of every project");
});

test("what happens to each kind of call that there is is said before", () => {
  expect(sentencesOf(calm, project)).toEqual([
    "No call is open now.",
    expect.stringMatching(/^A running call goes on, unless you end it: then a ringing phone stops/),
    "New requests are taken, and their calls wait like the others.",
  ]);
  const words = sentencesOf({ ringing: 1, answered: 2, waiting: 1200, unknown: 1 }, project);
  expect(words[0]).toMatch(/^1,200 calls wait now: /);
  expect(words[1]).toBe("1 call rings or is being dialled now.");
  expect(words[3]).toMatch(/^1 call is Unknown/);
});

test("each count leads to its calls, for those who see calls", () => {
  const open = { ringing: 1, answered: 0, waiting: 7, unknown: 1 };
  const hrefs = (reach: Reach) => fateSentences(open, reach).flatMap(({ href }) => href ?? []);
  expect(hrefs(project)).toEqual([
    "/?status=Scheduled%2CQueued",
    "/?status=Dialing%2CRinging",
    "/?status=Unknown",
  ]);
  expect(hrefs({ kind: "everything" })).toEqual([]);
});

test("waiting calls are not held by the pause of one provider", () => {
  const words = sentencesOf({ ...calm, waiting: 7 }, { kind: "provider", name: "twilio" });
  expect(words[0]).toBe("No call is open now.");
});

test("where to resume and who may is said for each reach", () => {
  expect(resumeSentence(project)).toMatch(/"Resume calls" .* Project Owner or Project Admin\.$/);
  for (const kind of ["everything", "provider"] as const)
    expect(resumeSentence({ kind, name: "twilio" })).toContain("the permission Operator");
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
