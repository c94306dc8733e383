import type { RefusalClass } from "@call-log/model";

import { answered, SIP, unanswered, unconnected, type Course } from "./call-course.ts";
import type { Script, ScriptedTry } from "./script.ts";

/** Block of numbers that have a script; four digits follow. Area code 555 is not in service in the real network. */
export const SCRIPTED_BLOCK = "+1555010";

/** Seconds after which a lost answer counts as timed out; less than the dispatcher's own patience. */
const TIMEOUT_SECONDS = 8;

const accepted = (course: Course, afterSeconds = 0): ScriptedTry => ({
  afterSeconds,
  answer: { kind: "accepted" },
  course,
});

const refused = (
  errorClass: RefusalClass,
  errorCode: string,
  errorMessage: string,
): ScriptedTry => ({
  afterSeconds: 0,
  answer: { kind: "rejected", errorClass, errorCode, errorMessage },
});

/** What happens with every number while the account is suspended. */
export const SUSPENDED = refused("account", "account-suspended", "The account is suspended");

const throttled: ScriptedTry = {
  afterSeconds: 0,
  answer: {
    kind: "rejected",
    errorClass: "throttled",
    errorCode: "429",
    errorMessage: "Too many requests",
    retryAfterSeconds: 2,
  },
};

const serverError = {
  afterSeconds: 0,
  answer: { kind: "unknown", reason: "HTTP 503 to the request" },
} as const;

const timeout = {
  afterSeconds: TIMEOUT_SECONDS,
  answer: { kind: "unknown", reason: `No answer within ${TIMEOUT_SECONDS} seconds` },
} as const;

const busy = accepted(unanswered("busy", SIP.busyHere, 1));

/** What the simulated carrier does with `SCRIPTED_BLOCK` and these four digits. The README's table is held to this one. */
export const SCRIPTS: Readonly<Record<string, Script>> = {
  "0100": {
    name: "presses-4",
    description: "A person answers and presses 4",
    tries: [accepted(answered({ presses: ["4"] }))],
  },
  "0101": {
    name: "presses-nothing",
    description: "A person answers and presses nothing",
    tries: [accepted(answered())],
  },
  "0102": {
    name: "presses-9",
    description: "A person answers and presses 9, a wrong digit",
    tries: [accepted(answered({ presses: ["9"] }))],
  },
  "0103": {
    name: "voicemail",
    description: "An answering machine answers",
    tries: [accepted(answered({ by: "machine", ringSeconds: 6, talkSeconds: 14 }))],
  },
  "0104": {
    name: "presses-hash",
    description: "A person answers and presses #",
    tries: [accepted(answered({ presses: ["#"] }))],
  },
  "0105": {
    name: "star-then-4",
    description: "A person answers, presses *, and 4 when asked again",
    tries: [accepted(answered({ presses: ["*", "4"] }))],
  },
  "0106": {
    name: "silence-then-4",
    description: "A person answers, presses nothing, and 4 when asked again",
    tries: [accepted(answered({ presses: ["", "4"] }))],
  },
  "0110": {
    name: "busy",
    description: "The line is busy (SIP 486)",
    tries: [busy],
  },
  "0111": {
    name: "no-answer",
    description: "It rings for 20 seconds and nobody answers",
    tries: [accepted(unanswered("no-answer", SIP.terminated, 20))],
  },
  "0112": {
    name: "declined",
    description: "The callee declines the call (SIP 603)",
    tries: [accepted(unanswered("declined", SIP.decline, 2))],
  },
  "0113": {
    name: "carrier-failure",
    description: "The call fails on its way (SIP 503)",
    tries: [accepted(unconnected("failed", SIP.unavailable))],
  },
  "0114": {
    name: "unreachable",
    description: "The network does not know the number (SIP 404)",
    tries: [accepted(unconnected("failed", SIP.notFound))],
  },
  "0115": {
    name: "busy-once",
    description: "Busy on the first try of a call log, then answered",
    tries: [busy, accepted(answered())],
  },
  "0116": {
    name: "busy-then-4",
    description: "Busy on the first try of a call log, then a person answers and presses 4",
    tries: [busy, accepted(answered({ presses: ["4"] }))],
  },
  "0120": {
    name: "bad-number",
    description: "Refused: not a valid number (`destination`)",
    tries: [refused("destination", "invalid-number", "The number is not valid")],
  },
  "0121": {
    name: "not-permitted",
    description: "Refused: the country is not permitted (`permission`)",
    tries: [refused("permission", "geo-permission", "Calls to this country are not permitted")],
  },
  "0122": {
    name: "account-suspended",
    description: "Refused: our account is suspended (`account`); the check does not agree",
    tries: [SUSPENDED],
  },
  "0123": {
    name: "from-number-refused",
    description: "Refused: we may not call from this number (`fromNumber`)",
    tries: [refused("fromNumber", "from-number", "The account may not call from this number")],
  },
  "0130": {
    name: "throttled-once",
    description: "429 on the first try of a call log, then answered",
    tries: [throttled, accepted(answered())],
  },
  "0131": {
    name: "throttled",
    description: "429 always",
    tries: [throttled],
  },
  "0140": {
    name: "error-without-call",
    description: "503 to the request, and no call is placed",
    tries: [serverError],
  },
  "0141": {
    name: "error-with-call",
    description: "503 to the request, but the call is placed and answered",
    tries: [{ ...serverError, course: answered() }],
  },
  "0142": {
    name: "timeout-without-call",
    description: "No answer to the request, and no call is placed",
    tries: [timeout],
  },
  "0143": {
    name: "timeout-with-call",
    description: "No answer to the request, but the call is placed and answered",
    tries: [{ ...timeout, course: answered() }],
  },
  "0144": {
    name: "slow",
    description:
      "The answer to the request takes 5 seconds, and it rings for 25 until a person answers",
    tries: [accepted(answered({ ringSeconds: 25 }), 5)],
  },
  "0150": {
    name: "callbacks-doubled",
    description: "Answered; each callback comes twice",
    tries: [accepted(answered({ presses: ["4"], callbacks: "doubled" }))],
  },
  "0151": {
    name: "callbacks-swapped",
    description: "Answered; callbacks come out of order",
    tries: [accepted(answered({ presses: ["4"], callbacks: "swapped" }))],
  },
  "0152": {
    name: "callbacks-never",
    description: "Answered; no callback ever comes",
    tries: [accepted(answered({ presses: ["4"], callbacks: "never" }))],
  },
  "0160": {
    name: "price-late",
    description: "Answered; the price is known after 15 minutes",
    tries: [accepted(answered({ priceAfterSeconds: 15 * 60 }))],
  },
  "0161": {
    name: "price-never",
    description: "Answered; the price never becomes known",
    tries: [accepted(answered({ priceAfterSeconds: Infinity }))],
  },
};

/** What happens in a call to a number that has no script. */
export const ORDINARY_COURSE = answered();

/** What a number does that has no script. */
export const ORDINARY: Script = {
  name: "ordinary",
  description: "A person answers and presses nothing",
  tries: [accepted(ORDINARY_COURSE)],
};

/** The script of an E.164 number. */
export function scriptFor(toNumber: string): Script {
  const suffix = toNumber.startsWith(SCRIPTED_BLOCK) ? toNumber.slice(SCRIPTED_BLOCK.length) : "";
  return (Object.hasOwn(SCRIPTS, suffix) ? SCRIPTS[suffix] : undefined) ?? ORDINARY;
}

/** What a script does on a try, counted from 1. */
export function scriptedTry(script: Script, tryNumber: number): ScriptedTry {
  return script.tries[Math.min(tryNumber, script.tries.length) - 1] ?? script.tries[0];
}
