import { NUMBER_TYPE_NAMES, NUMBER_TYPES, type NumberType } from "../../callee/callee-rules.ts";
import type { CallLogView } from "../../query/views/present-call-log.ts";
import { CALL_OUTCOME_NAMES, CALL_OUTCOMES, type CallOutcome } from "../call-outcome.ts";

/** One limit of a budget that refused a call, in US dollars as text. */
export interface ReasonLimit {
  limit: "day" | "month" | "prepaid";
  committedUSD: string;
  capUSD: string;
}

/** The reason in a call's message, as a case with its values. */
export type CallReason =
  | { name: "quiet-hours"; from: string; to: string; zone: string }
  | { name: "callee-often" | "do-not-call" }
  | { name: "project-paused" | "operator-paused"; why: string }
  | { name: "provider-paused" | "from-number"; provider: string }
  /** Without a provider while none is chosen yet. */
  | { name: "turn"; provider: string | undefined }
  | { name: "number-type"; type: NumberType }
  | { name: "prefix"; prefix: string }
  /** `country` is absent for a number of none; `allowed` has countries by their two letters, and calling codes. */
  | { name: "country"; country: string | undefined; allowed: readonly string[] }
  | { name: "budget"; needUSD: string; limits: readonly ReasonLimit[] }
  | { name: "outcome"; outcome: CallOutcome }
  /** As the server wrote it, in English, or as an import brought it. */
  | { name: "other"; text: string };

type Found = RegExpExecArray;

/** Each reason by its form in a message; what the dispatcher writes. The first that fits counts. */
const FORMS: readonly [form: RegExp, reason: (found: Found) => CallReason][] = [
  [
    /^quiet hours from (\S+) to (\S+) in (.+)$/,
    ([, from, to, zone]) => ({ name: "quiet-hours", from: from!, to: to!, zone: zone! }),
  ],
  [/^is on the project's do-not-call list$/, () => ({ name: "do-not-call" })],
  [/^its number may be called /, () => ({ name: "callee-often" })],
  [
    /^the project is paused by an operator: (.+)$/s,
    ([, why]) => ({ name: "operator-paused", why: why! }),
  ],
  [/^the project is paused: (.+)$/s, ([, why]) => ({ name: "project-paused", why: why! })],
  [/^for its turn(?: at (\S+))?$/, ([, provider]) => ({ name: "turn", provider })],
  [/^(\S+) is paused$/, ([, provider]) => ({ name: "provider-paused", provider: provider! })],
  [
    /^(\S+) does not let the project call from this number/,
    ([, provider]) => ({ name: "from-number", provider: provider! }),
  ],
  [/^(.+) numbers are not called unless /, ([text, words]) => numberType(text, words!)],
  [
    /^numbers that begin with (\+\d+) are blocked$/,
    ([, prefix]) => ({ name: "prefix", prefix: prefix! }),
  ],
  [
    /^calls to ([A-Z]{2}|this number) are not allowed; allowed: (.+)$/,
    ([, country, allowed]) => ({
      name: "country",
      country: country === "this number" ? undefined : country,
      allowed: allowed!.split(", "),
    }),
  ],
  [
    /^([\d.]+) USD do not fit; (.+)$/,
    ([, needUSD, limits]) => ({ name: "budget", needUSD: needUSD!, limits: limitsOf(limits!) }),
  ],
];

/** Each limit of a budget by its words in a message. */
const LIMITS: Readonly<Record<string, ReasonLimit["limit"]>> = {
  "today's limit": "day",
  "this month's limit": "month",
  "what was paid in": "prepaid",
};

const LIMIT = /([\d.]+) of (.+?), ([\d.]+) USD, (?:are|is) spent or set aside/g;

/** The reason in a call's message; undefined for a call without one. */
export function reasonOf({
  statusMessage,
}: Pick<CallLogView, "statusMessage">): CallReason | undefined {
  const text = (statusMessage ?? "")
    .replace(/[.\s]+$/, "")
    .replace(/^(?:Waits|Not dialled): /, "")
    .replace(/^toNumber: /, "");
  return text === "" ? undefined : reasonIn(text);
}

/** The reason that a text of the server gives. */
export function reasonIn(text: string): CallReason {
  for (const [form, reason] of FORMS) {
    const found = form.exec(text);
    if (found !== null) return reason(found);
  }
  const outcome = CALL_OUTCOME_NAMES.find((name) => startsWithWords(text, name));
  return outcome === undefined ? { name: "other", text } : { name: "outcome", outcome };
}

// "The line was busy on attempt 1; next attempt at …": what follows is said by the sentence, or by a note.
function startsWithWords(text: string, outcome: CallOutcome): boolean {
  const { wording } = CALL_OUTCOMES[outcome];
  return text.startsWith(wording) && /^(?:; | on attempt \d|$)/.test(text.slice(wording.length));
}

function numberType(text: string, words: string): CallReason {
  const type = NUMBER_TYPES.find((one) => NUMBER_TYPE_NAMES[one] === words);
  return type === undefined ? { name: "other", text } : { name: "number-type", type };
}

function limitsOf(text: string): ReasonLimit[] {
  return [...text.matchAll(LIMIT)].flatMap(([, committedUSD, words, capUSD]) => {
    const limit = LIMITS[words!];
    return limit === undefined ? [] : [{ limit, committedUSD: committedUSD!, capUSD: capUSD! }];
  });
}
