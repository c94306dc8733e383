import {
  ACT_NAMES,
  ACTS,
  type CallOutcome,
  CALL_OUTCOME_NAMES,
  CALL_OUTCOMES,
  CALL_STATUS_GROUPS,
  CALL_STATUS_NAMES,
  CALL_STATUSES,
  type CallStatusGroup,
  PERMISSION_NAMES,
  PROBLEM_RULE_NAMES,
  PROBLEM_RULES,
  RELATION_NAMES,
  RELATIONS,
  SIGN_IN_PROBLEMS,
  type SignInProblem,
  WAIT_REASON_NAMES,
  WAIT_REASONS,
  WEBHOOK_EVENT_TYPES,
  WEBHOOK_EVENTS,
} from "@call-log/model";
import { afterEach, describe, expect, test } from "vitest";

import german from "../language/de.ts";
import { speak } from "../language/translate.ts";
import { actTitle } from "./act-words.ts";
import { eventTypeDescription, eventTypeTitle } from "./event-type-words.ts";
import { fieldName } from "./field-words.ts";
import { messageWords } from "./message-words.ts";
import { outcomeWording } from "./outcome-words.ts";
import { permissionName } from "./permission-words.ts";
import { problemWords } from "./problem-words.ts";
import { refusalReason, refusalWords } from "./reason-words.ts";
import { relationTitle } from "./relation-words.ts";
import { signInProblem } from "./sign-in-words.ts";
import { statusGroupName, statusName, statusWording } from "./status-words.ts";
import { waitWording } from "./wait-words.ts";

afterEach(() => speak("en", {}));

const groups = Object.keys(CALL_STATUS_GROUPS) as CallStatusGroup[];
const problems = Object.keys(SIGN_IN_PROBLEMS) as SignInProblem[];

/** Texts of the model's tables, and the same as the dashboard shows them. */
const PAIRS: readonly (() => readonly [string | undefined, string][])[] = [
  () => CALL_STATUS_NAMES.map((name) => [statusWording(name), CALL_STATUSES[name].wording]),
  () => groups.map((name) => [statusGroupName(name), CALL_STATUS_GROUPS[name].label]),
  () => CALL_OUTCOME_NAMES.map((name) => [outcomeWording(name), CALL_OUTCOMES[name].wording]),
  () => WAIT_REASON_NAMES.map((name) => [waitWording(name), WAIT_REASONS[name].wording]),
  () => ACT_NAMES.map((name) => [actTitle(name), ACTS[name].title]),
  () => PERMISSION_NAMES.map((name) => [permissionName(name), name]),
  () => RELATION_NAMES.map((name) => [relationTitle(name), RELATIONS[name].title]),
  () => WEBHOOK_EVENT_TYPES.map((type) => [eventTypeTitle(type), WEBHOOK_EVENTS[type].title]),
  () =>
    WEBHOOK_EVENT_TYPES.map((type) => [
      eventTypeDescription(type),
      WEBHOOK_EVENTS[type].description,
    ]),
  () => problems.map((name) => [signInProblem(name), SIGN_IN_PROBLEMS[name]]),
];

test.each(PAIRS)("in English, a table's words are the model's: %#", (pairs) => {
  for (const [shown, ofModel] of pairs()) expect(shown).toBe(ofModel);
});

test("what another release or an import has written stays as it is", () => {
  speak("de", german);
  expect(statusName("Erfolg")).toBe("Erfolg");
  expect(statusWording("Erfolg")).toBeUndefined();
  expect(outcomeWording("melted" as CallOutcome)).toBe("melted");
  expect(actTitle("moon.land")).toBe("moon.land");
  expect(messageWords("The moon is full")).toBeUndefined();
  expect(fieldName("moonPhase")).toBe("moon phase");
});

test("one word for one thing: a call that reached somebody is named so, as its group is", () => {
  expect(statusName("Completed")).toBe(statusGroupName("reached"));
  // A declined call has this status, too.
  expect(statusName("No Answer")).toBe("Not answered");
  expect(statusName("Low Balance")).toBe("Out of budget");
});

const PROBLEM_TEXTS = [
  ["Redis is away, so no worker can take a job.", /^Redis ist nicht erreichbar/],
  ["No worker is alive.", /^Kein Worker lebt\.$/],
  ["1 worker alive, but drained.", /^1 Worker lebt, ist aber geleert\.$/],
  ["1,200 workers alive, but drained.", /^1\.200 Worker leben, sind aber geleert\.$/],
  [
    "2 calls are overdue by more than a minute; the oldest is c.",
    /^2 Anrufe sind seit mehr als einer Minute überfällig\.$/,
  ],
  [
    "1 call is held: they may or may not have been placed; the oldest is c.",
    /^1 Anruf ist angehalten/,
  ],
  [
    "Of the budget prepaid, 20.00 of 25.00 US dollars are spent or set aside.",
    /^Vom Guthaben sind 20\.00 von 25\.00/,
  ],
  ["The provider twilio is paused by a person.", /^Der Anbieter twilio /],
] as const;

describe("problems", () => {
  const rule = "no-worker";
  const { title, remedy } = PROBLEM_RULES[rule];

  test.each(PROBLEM_TEXTS)("%s", (text, words) => {
    expect(problemWords({ rule, title, text, remedy })).toMatchObject({
      title,
      text: text.replace(/; the oldest is \S+\.$/, ".").replace("is held: they", "is held: it"),
    });
    speak("de", german);
    expect(problemWords({ rule, title, text, remedy }).text).toMatch(words);
  });

  test("ids are in the command alone", () => {
    const text = "1 call is held: they may or may not have been placed; the oldest is c-1.";
    const held = { rule: "unknown-held" as const, ...PROBLEM_RULES["unknown-held"], text };
    const words = problemWords(held);
    expect(words.command).toBe("call-log resolve c-1");
    expect(`${words.text} ${words.remedy}`).not.toMatch(/c-1|call-log /);
  });

  test("each has its German title and remedy", () => {
    speak("de", german);
    for (const one of PROBLEM_RULE_NAMES) {
      const english = { rule: one, ...PROBLEM_RULES[one], text: "The moon is full." };
      const words = problemWords(english);
      expect([words.title, words.remedy]).not.toContain(english.title);
      expect(words.remedy).not.toBe(english.remedy);
      expect(words).toMatchObject({ text: english.text, lang: "en" });
    }
  });
});

test("a call's message is shown in German where a table has it", () => {
  const busy = "The line was busy; after 3 attempts";
  expect(messageWords(busy)).toBe(busy);
  speak("de", german);
  expect(messageWords(busy)).toBe("Die Leitung war besetzt");
  expect(messageWords("Canceled before it was dialled")).toBe("Abgebrochen, bevor gewählt wurde");
  expect(messageWords("")).toBe("");
});

test("a refusal names what is refused", () => {
  const listed = "toNumber: is on the project's do-not-call list";
  expect(refusalWords(listed)).toBe("the number is on the project's do-not-call list");
  expect(refusalReason(listed)).toBe(listed);
  speak("de", german);
  expect(refusalWords(listed)).toBe("Die Nummer steht auf der Sperrliste des Projekts");
  expect(refusalReason("toNumber: melts")).toBe("melts");
});
