import { z } from "zod";

/** What a type of event is about, and its words. */
export interface WebhookEventEntry {
  /** An event of a call goes to the endpoints of its project; one of a problem also to those of the installation. */
  about: "call" | "problem";
  /** For a list, such as "Status changed". */
  title: string;
  description: string;
}

/** Every type of event that webhooks send. */
export const WEBHOOK_EVENTS = {
  "call.status-changed": {
    about: "call",
    title: "Status changed",
    description: "A call has a new status; the first one is that of its acceptance",
  },
  "call.attempt-ended": {
    about: "call",
    title: "Attempt ended",
    description: "A dialled attempt has its outcome; another one may follow",
  },
  "call.acknowledged": {
    about: "call",
    title: "Acknowledged",
    description: "The digit that acknowledges was pressed",
  },
  "call.unknown": {
    about: "call",
    title: "Attempt unknown",
    description: "The provider's answer was lost: it may or may not have placed the call",
  },
  "call.price-final": {
    about: "call",
    title: "Price final",
    description: "The cost of a call changes no more",
  },
  "call.exhausted": {
    about: "call",
    title: "Attempts exhausted",
    description:
      "The call is over, nobody was reached as requested, and no attempt follows; not sent for a canceled call",
  },
  "problem.began": {
    about: "problem",
    title: "Problem began",
    description: "call-log found something to be wrong with the installation or the project",
  },
  "problem.ended": {
    about: "problem",
    title: "Problem ended",
    description: "A problem is over",
  },
} as const satisfies Record<string, WebhookEventEntry>;

/** A type of event. */
export type WebhookEventType = keyof typeof WEBHOOK_EVENTS;

/** All types of events. */
export const WEBHOOK_EVENT_TYPES = Object.keys(WEBHOOK_EVENTS) as [
  WebhookEventType,
  ...WebhookEventType[],
];

/** A type of event that a call has. */
export type CallEventType = {
  [T in WebhookEventType]: (typeof WEBHOOK_EVENTS)[T]["about"] extends "call" ? T : never;
}[WebhookEventType];

/** All types of events that a call has. */
export const CALL_EVENT_TYPES = WEBHOOK_EVENT_TYPES.filter(
  (type) => WEBHOOK_EVENTS[type].about === "call",
) as [CallEventType, ...CallEventType[]];

/** All types of events that a problem has. */
export const PROBLEM_EVENT_TYPES = WEBHOOK_EVENT_TYPES.filter(
  (type) => WEBHOOK_EVENTS[type].about === "problem",
) as [Exclude<WebhookEventType, CallEventType>, ...Exclude<WebhookEventType, CallEventType>[]];

function eventTypes<T extends string>(names: readonly [T, ...T[]]) {
  return z
    .array(z.enum(names, { error: `must be one of: ${names.join(", ")}` }), {
      error: "must be a list of types of events",
    })
    .min(1, { error: "must have at least one type of event" })
    .max(names.length, { error: `must have at most ${names.length} types of events` })
    .transform((types) => [...new Set(types)]);
}

/** Types of events that an endpoint asks for. */
export const webhookEventTypes = eventTypes(WEBHOOK_EVENT_TYPES).meta({
  description: "Types of events to send",
  example: ["call.status-changed", "call.acknowledged"],
});

/** Types of events that a request asks for. */
export const callEventTypes = eventTypes(CALL_EVENT_TYPES).meta({
  description: "Types of events to send",
  example: ["call.acknowledged", "call.exhausted"],
});

/**
 * An event of a call as the call log keeps it until it is in the deliveries of those who asked for it; the same write made the change.
 */
export interface OutboxEvent {
  /** Id of the call log and the number of the event; a repetition has the same. Header `webhook-id`. */
  id: string;
  type: CallEventType;
  at: Date;
  /** What the event says, as JSON. */
  change: Readonly<Record<string, unknown>>;
}

/** Id of the event with this number of a call log; the first has 1. */
export function callEventId(callLogId: string, number: number): string {
  return `${callLogId}-e${number}`;
}

/** Number of an event in its call log; 0 for an id of another form. */
export function callEventNumber(eventId: string): number {
  return Number(/-e(\d+)$/.exec(eventId)?.[1] ?? 0);
}

/** What an event "call.status-changed" says; `from` is null for the first status. */
export function statusChange(from: string | null, to: string): Pick<OutboxEvent, "change"> {
  return { change: { from, to } };
}
