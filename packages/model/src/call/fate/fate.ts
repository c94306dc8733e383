import type { CallLogView } from "../../query/views/present-call-log.ts";
import type { TodoName } from "./todo.ts";

/** One attempt as it is answered. */
export type AttemptView = NonNullable<CallLogView["attempts"]>[number];

/** How times in ISO 8601 are shown to a reader: by the clock of some zone. */
export interface TimeWords {
  /** The time of day. */
  clock: (iso: string) => string;
  /** Day and time. */
  day: (iso: string) => string;
  /** Day and time after a preposition, in a sentence: `on Wednesday 25 November at 20:34 (Berlin)`. */
  on: (iso: string) => string;
}

/** Where a person can act on a call: a screen, a button of the call's page, or a page of its carrier. */
export type FatePlace =
  | "call-again"
  | "call-now"
  | "resolve"
  | "new-call"
  | "budget"
  | "resume"
  | "numbers"
  | "do-not-call"
  | "health"
  | "carrier";

/** What a sentence on a call is made of. */
export interface FateFacts {
  /** Name of the callee, else the number. */
  who: string;
  /** Day and time with their zone and a space before, such as ` on Wednesday 25 November at 20:34 (Berlin)`; may be empty. */
  when: string;
  /** What the callee did: `a person pressed 4`. */
  did: string;
  /** Who canceled it, with a space before; may be empty. */
  by: string;
  /** The reason in words, as the call has it, without its full stop; may be empty. */
  reason: string;
  /** Status of an imported call log. */
  status: string;
}

/** What became of a call, for people: the sentence, and what they can do. */
export interface FateEntry {
  /** The whole sentence: who, when, and the reason. */
  sentence: (facts: FateFacts) => string;
  /** What a person can do; absent when nothing is to be done. */
  todo?: TodoName;
  /** Where that is done. */
  place?: FatePlace;
}
