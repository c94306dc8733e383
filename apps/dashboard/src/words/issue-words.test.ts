import {
  alertCallRule,
  callRequest,
  newProject,
  projectSettings,
  webhookEventTypes,
} from "@call-log/model";
import { afterEach, describe, expect, test } from "vitest";
import type { z } from "zod";

import german from "../language/de.ts";
import { speak } from "../language/translate.ts";
import { issueWords } from "./issue-words.ts";

afterEach(() => speak("en", {}));

function problemOf(schema: z.ZodType, input: unknown): string {
  const [issue] = schema.safeParse(input).error?.issues ?? [];
  if (issue === undefined) throw new Error("the input was meant to be refused");
  return issue.message;
}

const CALL = { toNumber: "+15559998888", say: "x" };

/** What people get wrong in forms, and what they read. */
const PROBLEMS: readonly (readonly [z.ZodType, unknown, RegExp])[] = [
  [
    callRequest,
    { ...CALL, toNumber: "12" },
    /^muss eine Telefonnummer mit Landesvorwahl .* etwa "\+15559998888"$/,
  ],
  [
    callRequest,
    { ...CALL, toNumber: "112" },
    /^muss eine Telefonnummer|^darf keine Notrufnummer sein/,
  ],
  [
    callRequest,
    { ...CALL, retry: { maxAttempts: 99 } },
    /^muss eine ganze Zahl von 1 bis 20 sein$/,
  ],
  [
    callRequest,
    { ...CALL, retry: { backoff: { delaySeconds: -1 } } },
    /^muss eine Zahl von 0 bis 86400 sein$/,
  ],
  [callRequest, { ...CALL, timeZone: "Berlin" }, /^muss eine Zeitzone .* etwa "Europe\/Berlin"$/],
  [callRequest, { ...CALL, scheduledAt: "soon" }, /^muss Datum und Uhrzeit mit Zone sein/],
  [callRequest, { ...CALL, idempotencyKey: "" }, /^darf nicht leer sein$/],
  [callRequest, { ...CALL, sensitive: "yes" }, /^muss true oder false sein$/],
  [callRequest, { ...CALL, reachedWhen: "x" }, /^muss eines hiervon sein: answered, human, /],
  [newProject, { name: "x".repeat(101) }, /^darf höchstens 100 Zeichen haben$/],
  [projectSettings, { allowedCountries: ["Germany"] }, /^muss ein Land .* oder "\*" für alle$/],
  [
    projectSettings,
    { blockedPrefixes: ["0900"] },
    /^muss ein Nummernanfang mit Landesvorwahl sein/,
  ],
  [projectSettings, { budget: { perDayUSD: "much" } }, /^muss ein Betrag in US-Dollar sein/],
  [
    projectSettings,
    { quietHours: { from: "10 pm", to: "07:00", timeZone: "Europe/Berlin" } },
    /^muss eine Uhrzeit sein, etwa "22:00"$/,
  ],
  [projectSettings, { callsPerSecond: 0 }, /^muss mehr als 0 Anrufe sein$/],
  [projectSettings, { retentionDays: 1.5 }, /^muss aus ganzen Tagen bestehen$/],
  [webhookEventTypes, [], /^muss mindestens eine Art von Ereignis enthalten$/],
  [
    alertCallRule,
    { to: "+15559998888", acknowledgeDigit: "x" },
    /^muss eine Taste eines Telefons sein/,
  ],
];

describe("a problem of a field", () => {
  test.each(PROBLEMS)("%#", (schema, input, words) => {
    const problem = problemOf(schema, input);
    expect(issueWords(problem)).toBe(problem);
    speak("de", german);
    expect(issueWords(problem)).toMatch(words);
  });

  test("that no form has stays as the server wrote it", () => {
    speak("de", german);
    expect(issueWords("must be green")).toBe("must be green");
  });
});
