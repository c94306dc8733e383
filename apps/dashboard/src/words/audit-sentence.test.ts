import { ACT_NAMES, ACTS } from "@call-log/model";
import { afterEach, describe, expect, test } from "vitest";

import german from "../language/de.ts";
import { speak } from "../language/translate.ts";
import { auditSentence } from "./audit-sentence.ts";
import { fieldName } from "./field-words.ts";

afterEach(() => speak("en", {}));

type Line = Parameters<typeof auditSentence>[0];

const actor = { kind: "key", id: "k-1", name: "Pager" } as const;
const target = (kind: string, id: string) => ({ kind, id });
const line = (given: Partial<Line>): Line => ({
  act: "project.update",
  actor,
  changes: [],
  ...given,
});

const RULE = { to: "+12025550199", cancelResolved: true };
const BACK = { kind: "grafana", url: "a", durationSeconds: 90, hasSecret: false };

const LINES: [Partial<Line>, english: string, inGerman: string][] = [
  [
    {
      changes: [
        { field: "retentionDays", from: 29, to: 30 },
        { field: "fromNumbers", from: [] },
        { field: "blockedPrefixes", from: [], to: ["+1556"] },
        { field: "calleeLimits", to: [{ calls: 6, seconds: 3600 }] },
        { field: "budget", from: { perDayUSD: "5" } },
      ],
    },
    "Key Pager changed the settings: retention in days from 29 to 30; blocked prefixes +1556; calls to one number 6 calls in 1 h; budget no longer $5.00 a day.",
    "Schlüssel Pager hat die Einstellungen geändert: Aufbewahrung in Tagen von 29 auf 30; gesperrte Nummernanfänge +1556; Anrufe an eine Nummer 6 Anrufe in 1 h; Budget nicht mehr 5,00\u{a0}$ am Tag.",
  ],
  [
    {
      act: "key.create",
      target: target("key", "01a20b5f-e9b8-73ae-bd02-cbe3da373c66"),
      changes: [
        { field: "name", to: "Auditor" },
        { field: "permissions", to: ["Viewer"] },
      ],
    },
    "Key Pager created the key “Auditor”: permissions Viewer.",
    "Schlüssel Pager hat den Schlüssel „Auditor“ erstellt: Rechte Betrachter.",
  ],
  [
    {
      act: "alert-source.update",
      target: target("alert-source", "01a20b5f-e9b8-73ae-bd02-cbe3da373c66"),
      changes: [
        {
          field: "rule",
          from: { ...RULE, text: "Down", retry: { maxAttempts: 3, on: ["busy"] } },
          to: {
            ...RULE,
            text: "Is down",
            retry: { maxAttempts: 5, on: ["busy"] },
            priority: "emergency",
          },
        },
        {
          field: "back",
          from: BACK,
          to: { ...BACK, url: "b", userName: "u", durationSeconds: 60, hasSecret: true },
        },
      ],
    },
    "Key Pager changed the alert source …373c66: call rule, text from Down to Is down; call rule, attempts from 3 to 5; call rule, priority emergency; back channel, address from a to b; back channel, silence in seconds from 90 to 60; back channel, has a secret from no to yes; back channel: 1 more change.",
    "Schlüssel Pager hat die Alarmquelle …373c66 geändert: Anrufregel, Text von Down auf Is down; Anrufregel, Versuche von 3 auf 5; Anrufregel, Priorität emergency; Rückkanal, Adresse von a auf b; Rückkanal, Stummschaltung in Sekunden von 90 auf 60; Rückkanal, hat ein Secret von nein auf ja; Rückkanal: 1 weitere Änderung.",
  ],
];

test("who did what to what, and each change from what to what", () => {
  for (const [given, english] of LINES) expect(auditSentence(line(given))).toBe(english);
  speak("de", german);
  for (const [given, , words] of LINES) expect(auditSentence(line(given))).toBe(words);
});

describe("what a thing is called", () => {
  test("by its end of an id where it has no name, and by its number", () => {
    const id = "01a20b5f-e9b8-73ae-bd02-cbe3da373c66";
    expect(auditSentence(line({ act: "key.revoke", target: target("key", id) }))).toBe(
      "Key Pager revoked the key …373c66.",
    );
    const number = target("number", "+12025550199");
    expect(auditSentence(line({ act: "do-not-call.add", target: number }))).toBe(
      "Key Pager blocked the number +12025550199.",
    );
  });

  test("by its name before the change, which is said with the new one", () => {
    const changes = [{ field: "name", from: "Demo", to: "Shop" }];
    expect(auditSentence(line({ changes }))).toBe(
      "Key Pager changed the settings: name from Demo to Shop.",
    );
  });
});

test("a pause says its reason, a long value is for the raw facts, and ids are", () => {
  const paused = { reason: "Calls loop", at: "2026-11-24T03:12:00.000Z", by: actor };
  expect(
    auditSentence(line({ act: "project.pause", changes: [{ field: "paused", to: paused }] })),
  ).toBe("Key Pager paused all calls of the project: reason Calls loop.");
  const changes = [{ field: "rule", to: { text: "x".repeat(101) } }];
  expect(auditSentence(line({ act: "alert-source.update", changes }))).toMatch(/: call rule …\.$/);
  const facts = { newCallLogId: "c-2" };
  expect(auditSentence(line({ act: "calls.retry", facts }))).toBe("Key Pager called again.");
});

test("every act is a sentence, and every field that it may record has a name in German, too", () => {
  speak("de", german);
  for (const act of ACT_NAMES) {
    expect(auditSentence(line({ act, target: target("key", "k-2") })), act).toMatch(
      /^Schlüssel Pager (hat|ist|wurde) .+\.$/,
    );
    const { fields, facts } = ACTS[act];
    for (const field of [...fields, ...facts].filter((name) => !/Ids?$/.test(name)))
      expect(fieldName(field), field).not.toMatch(/^$|undefined/);
  }
});

test("an act of another release keeps its name", () => {
  expect(auditSentence(line({ act: "moon.land" as Line["act"] }))).toBe("Key Pager: moon.land.");
});
