import type { AttemptView, EventStatus } from "@call-log/model";

import { moneyWords } from "../../../components/money-text.ts";
import { t } from "../../../language/translate.ts";

type EventView = AttemptView["events"][number];

/** What the words of an event are made of: the event, and the attempt that it is of. */
export interface EventFacts {
  event: EventView;
  attempt: AttemptView;
  /** The carrier, as people call it. */
  carrier: string;
}

type Words = (facts: EventFacts) => string;

/** Every kind of event in words. */
const WORDS: Readonly<Record<EventStatus, Words>> = {
  requested: () => t("The call was requested."),
  submitting: ({ attempt, carrier }) =>
    t("Attempt {number} went to {carrier}.", { number: attempt.number, carrier }),
  accepted: ({ carrier }) => t("{carrier} took the call.", { carrier }),
  rejected: ({ carrier }) => t("{carrier} refused the call. Nothing was dialled.", { carrier }),
  unknown: ({ carrier }) =>
    t("The answer of {carrier} was lost, so it is not known whether the call was dialled.", {
      carrier,
    }),
  bound: ({ carrier }) => t("The call was found at {carrier}.", { carrier }),
  queued: ({ carrier }) => t("{carrier} put the call in its queue.", { carrier }),
  initiated: ({ carrier }) => t("{carrier} began to dial.", { carrier }),
  ringing: () => t("The phone rang."),
  "in-progress": () => t("The call was answered."),
  completed: () => t("The call ended."),
  busy: () => t("The line was busy."),
  "no-answer": () => t("Nobody answered."),
  declined: () => t("The call was declined."),
  failed: () => t("The call failed on its way."),
  canceled: canceledWords,
  digits: digitsWords,
  "answered-by": ({ event, attempt }) =>
    ANSWERED[event.answeredBy ?? attempt.answeredBy ?? "unknown"](),
  price: ({ attempt }) => {
    const { costInMicroUSD } = attempt;
    return costInMicroUSD === undefined
      ? t("The price became known.")
      : t("The price became known: {amount}.", { amount: moneyWords(costInMicroUSD / 10_000) });
  },
  lost: ({ carrier }) => t("The attempt was given up: {carrier} has no such call.", { carrier }),
  "call-now": () => t("The call was dialled at once instead of waiting."),
};

const ANSWERED = {
  human: () => t("A person answered."),
  machine: () => t("An answering machine answered."),
  fax: () => t("A fax machine answered."),
  unknown: () => t("It is not known whether a person answered."),
} as const;

/** An event in a sentence. */
export function eventWords(facts: EventFacts): string {
  return WORDS[facts.event.status](facts);
}

function canceledWords({ event, attempt, carrier }: EventFacts): string {
  if (event.source !== "worker")
    return t("{carrier} ended the call before it was answered.", { carrier });
  if (event.by !== undefined) return t("The call was canceled.");
  const isUnplaced = attempt.claimedAt === undefined;
  return isUnplaced
    ? t("The attempt was taken back before it was dialled.")
    : t("The call was ended.");
}

// Only the keys that counted are recorded: those that acknowledged, else the last ones.
function digitsWords({ event, attempt }: EventFacts): string {
  const { digits, acknowledgedAt, events } = attempt;
  const isLast = events.findLast(({ status }) => status === "digits") === event;
  const counted = acknowledgedAt === undefined ? isLast : acknowledgedAt === event.at;
  if (!counted || !digits) return t("A key was pressed.");
  return acknowledgedAt === undefined
    ? t("{digits} was pressed.", { digits })
    : t("{digits} was pressed, which acknowledges the call.", { digits });
}
