import {
  type Actor,
  type AttemptView,
  type CallCost,
  callStory,
  type CallLogView,
  ENGLISH_STORY,
  FATE_NAMES,
  type FateFacts,
  type FateName,
  type StoryNote,
  type TimeWords,
  TODO_NAMES,
} from "@call-log/model";
import { afterEach, describe, expect, test } from "vitest";

import german from "../language/de.ts";
import { speak } from "../language/translate.ts";
import { STORY_WORDS } from "./story-words.ts";

afterEach(() => speak("en", {}));

const AT = "2026-11-25T19:34:08.000Z";
const TIMES: TimeWords = { clock: (iso) => iso, day: (iso) => iso, on: () => "am Mittwoch" };

const NO_FACTS: FateFacts = { who: "Anna", when: "", did: "", by: "", reason: "", status: "x" };
const FACTS: FateFacts = {
  who: "Anna Weber",
  when: " on Wednesday",
  did: "a person pressed 4",
  by: " by Ada",
  reason: "premium-rate numbers are not called unless the operator allows them",
  status: "Erfolg",
};

/** What has a sentence of its own where neither a reason nor a person is known. */
const WITHOUT_FACTS = new Set<FateName>([
  "refused.never-placed",
  "waits.retry",
  "waits.project-paused",
  "imported",
  "ended",
]);

const ATTEMPTS: Pick<AttemptView, "digits" | "answeredBy">[] = [
  {},
  { digits: "4" },
  { answeredBy: "human" },
  { answeredBy: "human", digits: "4" },
  { answeredBy: "machine" },
  { answeredBy: "machine", digits: "1" },
];

const ACTORS: Actor[] = [
  { kind: "key", id: "k", name: "Paging service" },
  { kind: "person", id: "ada", name: "Ada Lovelace" },
  { kind: "person" },
  { kind: "command-line", id: "root" },
  { kind: "queue" },
  { kind: "unknown", id: "203.0.113.7" },
];

const NOTES: StoryNote[] = [
  { name: "tried", count: 3 },
  { name: "no-further" },
  { name: "refused-for-a-day" },
  { name: "alert-ended" },
  { name: "canceled-running" },
  { name: "deadline" },
  { name: "waited", reason: "quiet hours from 22:00 to 07:00 in Europe/Berlin" },
  { name: "learnt-late", at: AT, learntAt: AT },
];

const COSTS: CallCost[] = (["pending", "final", "foreign", "unfound"] as const).map((state) => ({
  state,
  cents: 3,
  foreign: ["0.02 EUR", "0.01 EUR"],
}));

describe("in English, the dashboard says what the command line says", () => {
  test.each(FATE_NAMES)("%s", (name) => {
    for (const facts of [FACTS, NO_FACTS])
      expect(STORY_WORDS.fate(name, facts)).toBe(ENGLISH_STORY.fate(name, facts));
  });

  test("what a person can do", () => {
    for (const name of TODO_NAMES) expect(STORY_WORDS.todo(name)).toBe(ENGLISH_STORY.todo(name));
  });

  test("who did what, and what else is known", () => {
    const { callee, did, by, note, provider, attempt, cost } = ENGLISH_STORY;
    expect(STORY_WORDS.callee).toBe(callee);
    for (const one of [undefined, ...ATTEMPTS]) expect(STORY_WORDS.did(one)).toBe(did(one));
    for (const one of [undefined, ...ACTORS]) expect(STORY_WORDS.by(one)).toBe(by(one));
    for (const one of NOTES) expect(STORY_WORDS.note(one, TIMES)).toBe(note(one, TIMES));
    for (const one of COSTS) expect(STORY_WORDS.cost(one)).toBe(cost(one));
    for (const one of [{ code: "1" }, { message: "No" }, { message: "No", code: "1" }])
      expect(STORY_WORDS.provider(one)).toBe(provider(one));
    for (const message of [undefined, "Nope"]) {
      const one = { number: 2, outcome: "busy", message } as const;
      expect(STORY_WORDS.attempt(one)).toBe(attempt(one));
    }
  });
});

test("an amount is to the cent, as everywhere on the screens", () => {
  const cost = { state: "final", cents: 1.3, foreign: [] } as const;
  expect(STORY_WORDS.cost(cost)).toBe("Cost $0.01.");
  expect(STORY_WORDS.cost({ ...cost, cents: 0.2 })).toBe("Cost less than $0.01.");
});

test("the German sentences", async () => {
  speak("de", german);
  const facts = { ...FACTS, when: " am Mittwoch", did: "eine Person hat 4 gedrückt" };
  const shown = { ...facts, by: " von Ada", reason: "Das Projekt ist pausiert: Schleife" };
  const sentences = FATE_NAMES.flatMap((name) => [
    `${name}\n  ${STORY_WORDS.fate(name, shown)}`,
    ...(WITHOUT_FACTS.has(name) ? [`  ${STORY_WORDS.fate(name, NO_FACTS)}`] : []),
  ]);
  const others = [
    ...TODO_NAMES.map((name) => STORY_WORDS.todo(name)),
    ...[undefined, ...ATTEMPTS].map((one) => STORY_WORDS.did(one)),
    ...ACTORS.map((one) => STORY_WORDS.by(one)),
    ...NOTES.map((one) => STORY_WORDS.note(one, TIMES)),
    ...COSTS.map((one) => STORY_WORDS.cost(one)),
  ];
  const text = `${[...sentences, ...others].join("\n")}\n`;
  expect(text).not.toMatch(/undefined|\{|\}| {3}|\.\.|: \./);
  await expect(text).toMatchFileSnapshot("sentences-de.txt");
});

describe("in German", () => {
  const call = (fields: Partial<CallLogView>): CallLogView => ({
    _id: "a",
    toNumber: "+491711234567",
    user: { _id: "u", name: "Anna Weber" },
    createdAt: AT,
    pricing: null,
    ...fields,
  });
  const story = (fields: Partial<CallLogView>) => {
    speak("de", german);
    return callStory(call(fields), TIMES, STORY_WORDS);
  };

  test.each([
    [
      "Waits: the project is paused by an operator: Wartung",
      "project-paused",
      "Anna Weber wird noch nicht angerufen: Ein Betreiber hat das Projekt pausiert: Wartung.",
    ],
    [
      "The line was busy on attempt 1; next attempt at 2026-11-25T19:34:08.000Z",
      "retry",
      "Anna Weber wurde noch nicht erreicht: Die Leitung war besetzt. Der nächste Versuch ist am Mittwoch.",
    ],
  ] as const)("%s", (statusMessage, waitsFor, headline) => {
    const waits = { status: "Scheduled", waitsFor, waitsUntil: AT, statusMessage } as const;
    expect(story({ ...waits, attempts: [] }).headline).toBe(headline);
  });

  test.each([
    [
      "Not dialled: toNumber: calls to DE are not allowed; allowed: US, +1",
      "Anna Weber wurde nicht angerufen: Anrufe in das Gebiet Deutschland sind nicht erlaubt; erlaubt: Vereinigte Staaten, +1.",
    ],
    [
      'Not dialled: toNumber: premium-rate numbers are not called unless the operator allows "premium" by ALLOWED_NUMBER_TYPES',
      "Anna Weber wurde nicht angerufen: Premium-Nummern werden in diesem Projekt nicht angerufen.",
    ],
    // What no table has stays in the server's words.
    ["Not dialled: the moon is full", "Anna Weber wurde nicht angerufen: the moon is full."],
  ])("%s", (statusMessage, headline) => {
    expect(story({ status: "Failed", statusMessage, attempts: [] }).headline).toBe(headline);
  });

  test("amounts and counts are written as there", () => {
    const statusMessage =
      "Not dialled: 0.10 USD do not fit; 1200.00 of today's limit, 1200.05 USD, are spent or set aside";
    const { details } = story({ status: "Low Balance", statusMessage, attempts: [] });
    expect(details.map((text) => text.replaceAll("\u{A0}", " "))).toEqual([
      "0,10 $ werden für einen Anruf zurückgelegt, und vom heutigen Limit von 1.200,05 $ sind 1.200,00 $ ausgegeben oder zurückgelegt.",
    ]);
    expect(STORY_WORDS.note({ name: "tried", count: 1 }, TIMES)).toBe("Es gab 1 Versuch.");
    expect(STORY_WORDS.note({ name: "tried", count: 3 }, TIMES)).toBe("Es gab 3 Versuche.");
  });
});
