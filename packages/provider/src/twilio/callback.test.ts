import { createHmac } from "node:crypto";

import type { SpokenStep } from "@call-log/model";
import { describe, expect, test } from "vitest";

import type { CallbackKind } from "../provider.ts";
import { readCallback } from "./callback.ts";

const SID = `CA${"0123456789abcdef".repeat(2)}`;
const ATTEMPT = "376d7300-28fe-11f1-b591-3fdcef396aba-1";
const NOW = new Date("2026-11-24T03:12:00.000Z");
const READER = { provider: "twilio", tokens: ["first", "second"], now: () => NOW };
const STEPS: SpokenStep[] = [
  { say: "Down" },
  {
    gather: {
      say: "Press 4",
      digits: 1,
      timeoutSeconds: 5,
      on: { "4": { acknowledge: true, say: "Thanks" } },
      otherwise: { say: "Not acknowledged" },
    },
  },
  { say: "Goodbye" },
];

function sign(url: string, form: Record<string, string>, token: string): string {
  const names = Object.keys(form).toSorted();
  const text = url + names.map((name) => name + form[name]).join("");
  return createHmac("sha1", token).update(text).digest("base64");
}

function read(
  kind: CallbackKind,
  facts: Record<string, string>,
  { token = "first", query = "" } = {},
) {
  const form = { CallSid: SID, ...facts };
  const url = `https://calls.shop.example/hooks/twilio/${ATTEMPT}/secret/${kind}${query}`;
  const headers = { "x-twilio-signature": sign(url, form, token) };
  const rawBody = Buffer.from(new URLSearchParams(form).toString());
  return readCallback(READER, { kind, attemptId: ATTEMPT, url, headers, rawBody });
}

const event = {
  attemptId: ATTEMPT,
  provider: "twilio",
  source: "callback",
  providerCallId: SID,
};

describe("a callback of Twilio", () => {
  test("of the end of a call tells all that is known", () => {
    const facts = {
      CallStatus: "completed",
      Timestamp: "Tue, 24 Nov 2026 03:13:40 +0000",
      SequenceNumber: "3",
      CallDuration: "21",
      SipResponseCode: "200",
    };
    expect(read("status", facts)).toEqual({
      events: [
        {
          ...event,
          status: "completed",
          at: "2026-11-24T03:13:40.000Z",
          sequence: 3,
          durationSeconds: 21,
          sipResponseCode: 200,
        },
      ],
    });
  });

  test("may be signed with either token, and no other", () => {
    const facts = { CallStatus: "ringing" };
    expect(read("status", facts, { token: "second" })?.events).toMatchObject([
      { status: "ringing", at: NOW.toISOString() },
    ]);
    expect(read("status", facts, { token: "third" })).toBeUndefined();
  });

  test("with a status that Twilio has not had so far is taken and says nothing", () => {
    expect(read("status", { CallStatus: "constructor" })).toEqual({ events: [] });
    expect(read("amd", { AnsweredBy: "robot" })).toEqual({ events: [] });
  });

  test.each([
    ["human", "human"],
    ["machine_start", "machine"],
    ["machine_end_beep", "machine"],
    ["fax", "fax"],
    ["unknown", "unknown"],
  ])("who answered: %s is %s", (word, answeredBy) => {
    expect(read("amd", { AnsweredBy: word })?.events).toMatchObject([
      { status: "answered-by", answeredBy },
    ]);
  });

  test.each([
    ["4", ["Thanks", "Goodbye"], "Not acknowledged"],
    ["9", ["Not acknowledged", "Goodbye"], "Thanks"],
  ])("with the digit %s is answered with its branch", (digits, spoken, unspoken) => {
    const reading = read("gather", { Digits: digits }, { query: "?step=1" })!;
    expect(reading.events).toMatchObject([{ status: "digits", digits, step: 1 }]);
    const reply = reading.reply?.({ steps: STEPS });
    expect(reply?.contentType).toContain("text/xml");
    const says = [...reply!.body.matchAll(/<Say>([^<]*)<\/Say>/g)].map(([, text]) => text);
    expect(says).toEqual(spoken);
    expect(reply!.body).not.toContain(unspoken);
  });

  test.each([
    ["32009", { errorCode: "32009", errorMessage: "Twilio: error 32009" }],
    ["", {}],
    ["0", {}],
    ["<script>", {}],
  ])("of a failure with the error code %j keeps it where it is one", (ErrorCode, kept) => {
    const [event] = read("status", { CallStatus: "failed", ErrorCode })!.events;
    const { errorCode, errorMessage } = event!;
    expect({ errorCode, errorMessage }).toEqual({
      errorCode: undefined,
      errorMessage: undefined,
      ...kept,
    });
  });

  test("of digits is answered in the language and voice of the call", () => {
    const reading = read("gather", { Digits: "4" }, { query: "?step=1" })!;
    const speech = { steps: STEPS, language: "de-DE", voice: "Polly.Vicki" };
    const says = reading.reply!(speech)!.body.match(/<Say[^>]*>/g);
    expect(new Set(says)).toEqual(new Set(['<Say language="de-DE" voice="Polly.Vicki">']));
  });

  test("of digits at a repeated question has the number of the repetition", () => {
    const { events } = read("gather", { Digits: "4" }, { query: "?step=1&again=2" })!;
    expect(events).toMatchObject([{ digits: "4", step: 1, sequence: 2 }]);
  });

  test("without digits has no event, and the call goes on", () => {
    expect(read("gather", { Digits: "" }, { query: "?step=1" })).toMatchObject({ events: [] });
  });
});
