import { type AttemptView, dollars, type EventStatus } from "@call-log/model";

type EventView = AttemptView["events"][number];

/** What the words of an event are made of: the event, and the attempt that it is of. */
export interface EventFacts {
  event: EventView;
  attempt: AttemptView;
  /** The carrier, as people call it. */
  carrier: string;
}

type Words = string | ((facts: EventFacts) => string);

/** Every kind of event in words. */
const WORDS: Readonly<Record<EventStatus, Words>> = {
  requested: "The call was requested.",
  submitting: ({ attempt, carrier }) => `Attempt ${attempt.number} went to ${carrier}.`,
  accepted: ({ carrier }) => `${carrier} took the call.`,
  rejected: ({ carrier }) => `${carrier} refused the call. Nothing was dialled.`,
  unknown: ({ carrier }) =>
    `The answer of ${carrier} was lost, so it is not known whether the call was dialled.`,
  bound: ({ carrier }) => `The call was found at ${carrier}.`,
  queued: ({ carrier }) => `${carrier} put the call in its queue.`,
  initiated: ({ carrier }) => `${carrier} began to dial.`,
  ringing: "The phone rang.",
  "in-progress": "The call was answered.",
  completed: "The call ended.",
  busy: "The line was busy.",
  "no-answer": "Nobody answered.",
  declined: "The call was declined.",
  failed: "The call failed on its way.",
  canceled: canceledWords,
  digits: digitsWords,
  "answered-by": ({ event, attempt }) =>
    ANSWERED[event.answeredBy ?? attempt.answeredBy ?? "unknown"],
  price: ({ attempt }) => {
    const { costInMicroUSD } = attempt;
    return costInMicroUSD === undefined
      ? "The price became known."
      : `The price became known: ${dollars(costInMicroUSD / 10_000)}.`;
  },
  lost: ({ carrier }) => `The attempt was given up: ${carrier} has no such call.`,
  "call-now": "The call was dialled at once instead of waiting.",
};

const ANSWERED = {
  human: "A person answered.",
  machine: "An answering machine answered.",
  fax: "A fax machine answered.",
  unknown: "It is not known whether a person answered.",
} as const;

/** An event in a sentence. */
export function eventWords(facts: EventFacts): string {
  const words = WORDS[facts.event.status];
  return typeof words === "string" ? words : words(facts);
}

function canceledWords({ event, attempt, carrier }: EventFacts): string {
  if (event.source !== "worker") return `${carrier} ended the call before it was answered.`;
  if (event.by !== undefined) return "The call was canceled.";
  const isUnplaced = attempt.claimedAt === undefined;
  return isUnplaced ? "The attempt was taken back before it was dialled." : "The call was ended.";
}

// Only the keys that counted are recorded: those that acknowledged, else the last ones.
function digitsWords({ event, attempt }: EventFacts): string {
  const { digits, acknowledgedAt, events } = attempt;
  const isLast = events.findLast(({ status }) => status === "digits") === event;
  const counted = acknowledgedAt === undefined ? isLast : acknowledgedAt === event.at;
  if (!counted || !digits) return "A key was pressed.";
  return acknowledgedAt === undefined
    ? `${digits} was pressed.`
    : `${digits} was pressed, which acknowledges the call.`;
}
