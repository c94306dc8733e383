import { type CallReason, type NumberType, type ReasonLimit, reasonIn } from "@call-log/model";

import { moneyText } from "../components/money-text.ts";
import { localRegions } from "../language/local-format.ts";
import { t } from "../language/translate.ts";
import { isEnglish } from "./inside-sentence.ts";
import { outcomeInSentence } from "./outcome-words.ts";

type Name = CallReason["name"];
type Of<N extends Name> = Extract<CallReason, { name: N }>;
type Sentences = { readonly [N in Name]: (reason: Of<N>) => string };

/** Each reason after a colon, without a full stop. */
const REASONS: Sentences = {
  "quiet-hours": ({ from, to, zone }) =>
    t("quiet hours from {from} to {to} in {zone}", { from, to, zone }),
  "callee-often": () => t("its number was called often lately"),
  "project-paused": ({ why }) => t("the project is paused: {why}", { why }),
  "operator-paused": ({ why }) => t("the project is paused by an operator: {why}", { why }),
  "provider-paused": ({ provider }) => t("{provider} is paused", { provider }),
  turn: ({ provider }) =>
    provider === undefined ? t("for its turn") : t("for its turn at {provider}", { provider }),
  "from-number": ({ provider }) =>
    t("{provider} does not let the project call from this number", { provider }),
  "number-type": ({ type }) => NUMBERS[type](),
  "do-not-call": () => t("the number is on the project's do-not-call list"),
  prefix: ({ prefix }) => t("numbers that begin with {prefix} are blocked", { prefix }),
  country: countryText,
  budget: ({ needUSD, limits }) =>
    t("{amount} is set aside for a call, and {limits}", {
      amount: usd(needUSD),
      limits: limits.map(limitText).join(", "),
    }),
  outcome: ({ outcome }) => outcomeInSentence(outcome),
  other: ({ text }) => text,
};

const NUMBERS: Readonly<Record<NumberType, () => string>> = {
  premium: () => t("premium-rate numbers are not called"),
  sharedCost: () => t("shared-cost numbers are not called"),
  satellite: () => t("satellite numbers are not called"),
  international: () => t("universal international numbers are not called"),
};

type LimitValues = Readonly<Record<"amount" | "cap", string>>;

const LIMITS: Readonly<Record<ReasonLimit["limit"], (values: LimitValues) => string>> = {
  day: (values) => t("{amount} of today's limit of {cap} is spent or set aside", values),
  month: (values) => t("{amount} of this month's limit of {cap} is spent or set aside", values),
  prepaid: (values) => t("{amount} of what was paid in of {cap} is spent or set aside", values),
};

/** The reason that a text of the server gives, in the active language. */
export function waitedWords(text: string): string {
  return isEnglish() ? text : reasonText(reasonIn(text));
}

/** Why a number may not be called, from a refusal of the server. */
export function refusalWords(refusal: string): string {
  if (isEnglish()) return refusal.replace(/^toNumber: /, "the number ");
  return refusalReason(refusal);
}

/** The reason of a refusal as it stands alone. */
export function refusalReason(refusal: string): string {
  return isEnglish() ? refusal : reasonText(reasonIn(refusal.replace(/^toNumber: /, "")));
}

/** A reason after a colon, in the active language. */
export function reasonText(reason: CallReason): string {
  return (REASONS[reason.name] as (reason: CallReason) => string)(reason);
}

function limitText({ limit, committedUSD, capUSD }: ReasonLimit): string {
  return LIMITS[limit]({ amount: usd(committedUSD), cap: usd(capUSD) });
}

function countryText({ country, allowed }: Of<"country">): string {
  const names = allowed.map(placeName).join(", ");
  return country === undefined
    ? t("calls to this number are not allowed; allowed: {names}", { names })
    : t("calls to {country} are not allowed; allowed: {names}", {
        country: placeName(country),
        names,
      });
}

function placeName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (localRegions().of(code) ?? code) : code;
}

function usd(text: string): string {
  return moneyText(Number(text) * 100);
}
