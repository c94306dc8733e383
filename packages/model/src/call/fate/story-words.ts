import type { Actor } from "../../audit/actor.ts";
import type { CallLogView } from "../../query/views/present-call-log.ts";
import type { CallOutcome } from "../call-outcome.ts";
import type { AttemptView, FateFacts, TimeWords } from "./fate.ts";
import type { FateName } from "./fates.ts";
import type { StoryNote } from "./story-note.ts";
import type { TodoName } from "./todo.ts";

/** What a provider said of an attempt; at least one of the two. */
export interface ProviderSaid {
  /** Its own words, in its own language, without a full stop. */
  message?: string | undefined;
  /** Its code, where the words do not have it. */
  code?: string | undefined;
}

/** An attempt beside the one that decided. */
export interface OtherAttempt {
  number: number;
  outcome: CallOutcome;
  /** The provider's words. */
  message: string | undefined;
}

/** What a call cost. */
export interface CallCost {
  /** `foreign`: also in another currency; `unfound`: without an attempt whose call was never found. */
  state: "pending" | "final" | "foreign" | "unfound";
  /** US cents. */
  cents: number;
  /** Amounts with their currency that no rate is known for. */
  foreign: readonly string[];
}

/** The words of one language that the story of a call is made of. English is `ENGLISH_STORY`. */
export interface StoryWords {
  /** The sentence on what became of the call. */
  fate: (name: FateName, facts: FateFacts) => string;
  /** What a person can do. */
  todo: (name: TodoName) => string;
  /** Somebody of whom neither name nor number is known, at the beginning of a sentence. */
  callee: string;
  /** What was done in the attempt that reached somebody: `a person pressed 4`. */
  did: (attempt: Pick<AttemptView, "digits" | "answeredBy"> | undefined) => string;
  /** Who did it, with a space before; empty for nobody. */
  by: (actor: Actor | undefined) => string;
  /** The reason in the call's message, without its full stop; empty where there is none. */
  reason: (call: Pick<CallLogView, "statusMessage" | "waitsFor">, times: TimeWords) => string;
  /** The reason of a refusal by the budget, as a sentence. */
  budget: (call: Pick<CallLogView, "statusMessage" | "waitsFor">, times: TimeWords) => string;
  /** What a message says beside its reason, as a sentence. */
  note: (note: StoryNote, times: TimeWords) => string;
  /** What the provider said, as a sentence. */
  provider: (said: ProviderSaid) => string;
  /** Another attempt, as a sentence. */
  attempt: (attempt: OtherAttempt) => string;
  /** What it cost, as a sentence. */
  cost: (cost: CallCost) => string;
}
